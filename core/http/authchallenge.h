#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <utility>
#include <vector>

/// One scheme of WWW-Authenticate with what follows it: either `token68` or parameters, or neither.
struct AuthChallenge
{
    QByteArray scheme; ///< as the host spelled it
    QByteArray token68;
    std::vector<std::pair<QByteArray, QByteArray>> parameters; ///< in order, quotes taken off

    bool is(QByteArrayView name) const; ///< ignoring case
};

/// Takes WWW-Authenticate apart: one header a scheme (Windows), or several schemes in one,
/// separated by the same commas as their parameters. What makes no sense is left out; a scheme is
/// never made up. Source: RFC 9110, 11.6.1.
std::vector<AuthChallenge> readChallenges(const std::vector<QByteArray> &values);

bool offersScheme(const std::vector<AuthChallenge> &challenges, QByteArrayView name);

/// The schemes' names, each once.
QStringList schemeNames(const std::vector<AuthChallenge> &challenges);
