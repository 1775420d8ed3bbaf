#pragma once

#include "common/result.h"
#include "connection/connectionoptions.h"
#include "export/exporter.h"
#include "protocol/request.h"

#include <QString>
#include <QStringList>

#include <optional>

/// What stands on the command line, read and checked word by word (design: "The command line"). No
/// file is opened and no host asked yet.
struct Arguments
{
    QString verb;
    QStringList words; ///< after the verb: resource, file, code, sub-command ...
    bool help = false;
    bool version = false;

    // connection
    QString remote; ///< -r as written
    QString profile;
    QString user;
    bool hasUser = false;
    bool passwordFromStdin = false;
    QString passwordFile;
    std::optional<Authentication> authentication;
    QString caFile;
    QByteArray pin;
    bool skipCaCheck = false, skipCnCheck = false, skipRevocationCheck = false;
    bool noEncryption = false;
    QString servicePrincipal;
    bool servicePort = false, delegate = false, unverifiedHost = false;
    std::optional<std::chrono::milliseconds> timeout;
    std::optional<std::uint32_t> maxEnvelopeKib;
    QString locale;
    bool utf16 = false;
    bool readOnly = false;

    // resource
    QString cimNamespace;
    std::vector<Selector> selectors;
    std::vector<Option> options;
    QString fragment; ///< get, put: path of the part that is meant
    QString input;    ///< file with the XML body; "-": standard input

    // enumerate
    Filter filter;
    EnumerationMode returnMode = EnumerationMode::Object;
    PolymorphismMode polymorphism = PolymorphismMode::Unstated;
    bool associations = false; ///< with an association filter: the associations themselves
    bool allowCostly = false;
    std::uint64_t maxRows = 0;

    // output
    QString format; ///< empty: text
    QString output;
    bool force = false;
    QStringList columns;
    bool formulaGuard = true;
    QString traceFile;
    bool progress = true; ///< --progress auto: when stderr is a terminal
    bool verbose = false;
    bool quiet = false;
    bool jsonErrors = false;
    bool summary = false; ///< open --summary

    // demo
    quint16 port = 0;
    bool tls = false;
    std::optional<int> items;
    std::optional<std::chrono::milliseconds> latency;
    QString fault;
    QString demoAs; ///< one of Personality::names(); empty: windows

    // profiles
    QString name, folder, color;
    std::optional<QStringList> tags;
    QString storage;

    bool isRaw() const;
    ExportFormat exportFormat() const; ///< of `format`, which has been checked
};

/// Reads argv (without the program's name). Options may stand anywhere, `--opt=value` and `--opt
/// value` are the same,
/// `--` ends them. Kind::Local, Cause::LocalUsage with the word it is about.
Result<Arguments> parseArguments(const QStringList &words);

/// Whether --error-format json stands among words that could not all be read.
bool wantsJsonErrors(const QStringList &words);

/// The names of all options, for the completion's test against what is built.
QStringList optionNames();
