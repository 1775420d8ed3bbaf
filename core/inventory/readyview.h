#pragma once

#include "common/result.h"
#include "inventory/hostidentity.h"
#include "protocol/request.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// A ready view: a named question with the columns worth a look, as resources/views/*.json holds
/// them (README.md there tells the form). All of it are values; texts are English, catalogueText
/// (text/sentences.h) translates those of the built-in views where they are shown.

/// How a number is written, and what stands behind it.
enum class ViewUnit {
    None,         ///< text, as the host wrote it
    Number,       ///< at the right, grouped
    Id,           ///< at the right, not grouped: a number that is a name
    Bytes,        ///< scaled: "63.5 GB"
    KiB,          ///< the same, of a number of KiB
    MiB,          ///< the same
    Ticks,        ///< 100 ns, shown as a span
    Milliseconds, ///< shown as a span
    Seconds,      ///< the same
    Since,        ///< the span from this date to the one that `of` names
    Date,         ///< local date and time
    MHz,
    BitsPerSecond, ///< scaled: "10 Gbit/s"
    Percent,
    Watt,
    Volt,
    Rpm,
};

/// One property as a column of a table, or a line of a card.
struct ViewColumn
{
    QString property;
    QString title; ///< the property's name when empty
    ViewUnit unit = ViewUnit::None;
    QString of; ///< of a number the whole it is a part of, shown as percent; see Since
    std::vector<std::pair<QString, QString>> words; ///< value -> what is shown in its place
    bool code = false;                              ///< monospace: hashes, paths, definitions
    bool operator==(const ViewColumn &) const = default;
};

/// One test of a mark. `value` is compared ignoring case; Below and Above compare numbers.
struct ViewTest
{
    enum class Kind { Is, IsNot, Contains, Below, Above };
    QString property;
    QString of; ///< the property divided by this one is what is compared
    Kind kind = Kind::Is;
    QString value; ///< empty: no value at all, or an empty one
    bool operator==(const ViewTest &) const = default;
};

/// Signs a cell when all tests hold: colour, shape and word.
struct ViewMark
{
    enum class Sign { Ok, Running, Warning, Error, Muted };
    std::vector<ViewTest> when;
    Sign sign = Sign::Warning;
    QString property; ///< the column that is signed
    QString word;     ///< added to the cell's text; may be empty where that says it
    bool operator==(const ViewMark &) const = default;
};

/// From a row to something else of the same host.
struct ViewLink
{
    QString title;
    QString view;                       ///< id of another view
    QHash<QString, QString> parameters; ///< of it -> property of the row
    QString address; ///< instead: "registry:HKLM\...\{Name}", with values of the row
    bool operator==(const ViewLink &) const = default;
};

/// What is asked before a view runs.
struct ViewParameter
{
    enum class Type {
        Text,   ///< empty: the clauses that use it are left out
        Number, ///< the same; digits
        Choice, ///< one of `choices`
        Span,   ///< minutes back from now; 0 or empty: no limit
    };
    QString name, title;
    Type type = Type::Text;
    QString initial;
    std::vector<std::pair<QString, QString>> choices; ///< value -> what is shown
    bool operator==(const ViewParameter &) const = default;
};

struct ViewSection
{
    enum class Shape {
        Table,
        Card, ///< name and value, a line each: for what there is once
    };
    QString title; ///< empty where the view's own says it
    Shape shape = Shape::Table;
    QString className, cimNamespace;
    QString resource;                ///< instead of a class: URI or alias
    QStringList where;               ///< clauses of WQL, all of which hold
    QString query;                   ///< instead of class and clauses: a whole query in WQL
    std::vector<Selector> selectors; ///< instead of clauses: of a selector filter
    std::vector<ViewColumn> columns; ///< none: all, as the host sends them
    std::vector<ViewMark> marks;
    std::vector<ViewLink> links;
    QString sort; ///< property; empty: the host's order
    bool descending = false;
    int most = 5000; ///< rows that are read
    QString empty;   ///< a sentence for no rows
    QString missing; ///< a sentence for a host without the class
    bool operator==(const ViewSection &) const = default;
};

struct ReadyView
{
    QString id; ///< "windows.services": lower case, unique
    QString title, icon, group, description;
    std::vector<HostKind> hosts;
    bool asks = false; ///< the parameters are asked before the first question
    std::vector<ViewParameter> parameters;
    std::vector<ViewSection> sections;
    QString address;  ///< instead of sections: what is opened, "registry:HKLM\..."
    bool own = false; ///< of the user's folder
    bool isFor(HostKind kind) const;
    bool operator==(const ReadyView &) const = default;
};

/// Values of the parameters, by name.
using ViewValues = QHash<QString, QString>;
ViewValues initialValues(const ReadyView &view);

/// One file: at most 256 KiB, 40 sections, 100 columns each. Kind::Local, Cause::LocalFile with the
/// reason in `message` (English, naming what is wrong) when it is not such a file.
Result<ReadyView> readReadyView(const QByteArray &json);
/// The same form, as users' own views are kept.
QByteArray writeReadyView(const ReadyView &view);

/// What goes into the clauses: spans as dates of WQL, counted back from `now`.
ViewValues sentValues(const ReadyView &view, const ViewValues &values, const QDateTime &now);
/// What a section asks. Values are escaped as WQL wants it; a clause whose parameter has no value
/// is left out.
EnumerateParameters viewQuestion(const Session &session, const ViewSection &section,
                                 const ViewValues &sent);
/// The question as people write it: `SELECT * FROM Win32_Service WHERE ...`, else the resource.
QString viewQueryText(const ViewSection &section, const ViewValues &sent);
