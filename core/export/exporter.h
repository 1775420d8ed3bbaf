#pragma once

#include "common/result.h"
#include "document/document.h"
#include "document/rowset.h"

#include <QByteArray>
#include <QIODevice>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

/// Formats of design "Command line"; Raw is the program's own business (bytes as received).
enum class ExportFormat { Text, Tree, Xml, Json, JsonLines, Csv, Html, Markdown };
std::optional<ExportFormat> exportFormatNamed(
    QStringView name); ///< "text" "tree" "xml" "json" "jsonl" "csv" "html" "md"
QString exportFormatName(ExportFormat format);
QString exportSuffix(ExportFormat format); ///< "csv"
ExportFormat exportFormatForFile(const QString &fileName, ExportFormat otherwise);

struct ExportOptions
{
    QStringList columns; ///< order and choice; empty: schema order, else as they came
    /// What the schema lists, without `columns`: these come first, rows or not; others are those of
    /// the first batch.
    QStringList schemaColumns;
    bool formulaGuard = true; ///< csv: ' before = + - @ TAB CR, unless the cell is a number
    bool terminal = false;    ///< text, tree: escape control characters, use `width`
    int width = 0;            ///< of the terminal; 0: unlimited
    bool references =
        false; ///< rows have EPRs to write (both: {"object","epr"}; EPR only: {"__epr":{}})
    /// json, `__class`: of rows that name none (what a query with a list of properties gives);
    /// empty: theirs is "".
    QString rowClass;
    QString title;  ///< html, md: heading
    QString source; ///< html: host and time
};

/// Where bytes go. False ends the export (its reason is the writer's).
using ExportSink = std::function<bool(QByteArrayView)>;

/// Writes rows as they come: begin, append any number of times, end. Memory does not grow with the
/// rows. csv: a column that neither the schema nor the first batch has is an error
/// (Cause::ExportFormat, the column's name in the message) after the rows before it are written;
/// html, md and text begin a new header.
///
/// csv: arrays, references (`{"__epr":{...}}`) and embedded objects are JSON in their cell; nil and
/// absent are empty. json: shapes in export/jsontext.h. Dates stay as the host wrote them, in every
/// format. `terminal` escapes control characters in every format. An error of the sink comes back
/// as Kind::Local, Cause::LocalFile: the writer behind it knows the reason.
///
/// The pseudo-columns `__class` and `__epr` can be named in `columns`.
class RowExporter
{
public:
    static std::unique_ptr<RowExporter> create(ExportFormat format, const ExportOptions &options,
                                               ExportSink sink);
    virtual ~RowExporter() = default;
    virtual Done begin() = 0;
    /// Rows [from, to) of `rows`, which has all columns known so far.
    virtual Done append(const RowSet &rows, std::uint32_t from, std::uint32_t to) = 0;
    /// Closes what is open, also after a cancel: the file is well-formed.
    virtual Done end() = 0;
};

/// What is known of an element of a tree beside its XML.
struct LeafType
{
    CimType type = CimType::Unknown;
    bool array = false; ///< a list even when there is only one of it
    LeafType(CimType known, bool isArray = false)
        : type(known)
        , array(isArray)
    { }
};
/// Types of the leaves of a tree, where they are known (schema, built-in configuration table).
using LeafTypes = std::function<LeafType(Node)>;

/// One document or branch: get, configuration, details. csv, md, html: a row a leaf (Path, Name,
/// Value, Source). Paths begin with the root's name; repeated names carry their place
/// ("Configuration/Listeners/Listener[2]/Port"), attributes an @. Source is the attribute of that
/// name on the element or on the nearest one around it ("GPO"). text: `Name = value
/// [Source="GPO"]`, four spaces a level. json: indented, jsonl: one line; an element with
/// attributes is an object whose own text is `#text`.
QByteArray exportTree(Node root, ExportFormat format, const ExportOptions &options,
                      const LeafTypes &types = {});
