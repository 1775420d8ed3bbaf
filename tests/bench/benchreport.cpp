#include "bench/benchreport.h"

#include "text/sentences.h"

#include <QCoreApplication>

#include <cstdio>

void mark(const QString &line)
{
    std::puts(line.toUtf8().constData());
    std::fflush(stdout);
}

void fail(const QString &why)
{
    std::fputs((why + u'\n').toUtf8().constData(), stderr);
    QCoreApplication::exit(1);
}

void fail(const Error &error)
{
    const Explanation explanation = explain(error);
    fail(explanation.sentence + u' ' + explanation.code);
}
