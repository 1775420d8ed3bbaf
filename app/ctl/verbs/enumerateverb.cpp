#include "ctl/verbs/enumerateverb.h"

#include "ctl/resourceargument.h"
#include "ctl/verbs/associationargument.h"
#include "ctl/verbs/configtypes.h"
#include "ctl/verbs/schemalookup.h"
#include "inventory/costly.h"
#include "protocol/namespaces.h"
#include "text/costtext.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace {

Error usage(const QString &message)
{
    return Error::of(Error::Kind::Local, Cause::LocalUsage, message);
}

/// `a=1+b="two"`: the equality tests of a selector filter.
Result<std::vector<Selector>> selectorFilter(const QString &text)
{
    const auto resource = parseResource(u"http://localhost/filter?"_s + text);
    if (!resource)
        return resource.error();
    return resource->selectors;
}

} // namespace

Done EnumerateVerb::prepare()
{
    if (arguments().isRaw() && arguments().output.isEmpty()) {
        return usage(u"%1 -f raw writes a file for each reply: name a folder with -o"_s.arg(
            arguments().verb));
    }
    const Done question = arguments().verb == "enumerate"_L1 ? readFilter() : readAssociation();
    if (!question)
        return question;
    m_parameters.mode = arguments().returnMode;
    m_parameters.polymorphism = arguments().polymorphism;
    return checkCost();
}

Done EnumerateVerb::readFilter()
{
    const auto resource = resourceArgument(arguments());
    if (!resource)
        return resource.error();
    m_parameters.resource = *resource;
    m_parameters.filter = arguments().filter;
    Filter &filter = m_parameters.filter;
    if (filter.text.isEmpty() && !filter.dialect.isEmpty())
        return usage(u"--dialect needs --filter"_s);
    if (!filter.text.isEmpty() && filter.dialect.isEmpty())
        filter.dialect = QString::fromLatin1(uri::wql);
    const bool association = filter.dialect == QLatin1StringView(uri::associationFilter);
    if (arguments().associations && !association)
        return usage(u"--associations needs --dialect association"_s);
    if (filter.dialect == QLatin1StringView(uri::selectorFilter)) {
        const auto selectors = selectorFilter(filter.text);
        if (!selectors)
            return selectors.error();
        filter.selectors = *selectors;
        filter.text.clear();
    } else if (association && filter.text.trimmed().startsWith(u'{')) {
        const auto find = arguments().associations ? AssociationFilter::Find::References
                                                   : AssociationFilter::Find::Associators;
        const auto asked = associationFilter(filter.text, find,
                                             m_parameters.resource.cimNamespace());
        if (!asked)
            return asked.error();
        filter = toFilter(*asked);
    }
    return {};
}

/// `associators RESOURCE [role=...]` and `references RESOURCE [...]`.
Done EnumerateVerb::readAssociation()
{
    if (!arguments().filter.text.isEmpty() || !arguments().filter.dialect.isEmpty())
        return usage(u"%1 takes no --filter: narrow it by name=value"_s.arg(arguments().verb));
    if (arguments().associations)
        return usage(u"--associations is for enumerate: ask for references"_s);
    Arguments object = arguments();
    object.words = arguments().words.mid(0, 1);
    object.options.clear();
    const auto resource = resourceArgument(object);
    if (!resource)
        return resource.error();
    AssociationFilter filter{.find = arguments().verb == "references"_L1
                                 ? AssociationFilter::Find::References
                                 : AssociationFilter::Find::Associators,
                             .object = *resource};
    for (const QString &word : arguments().words.mid(1)) {
        const Done narrowed = narrowAssociation(filter, word);
        if (!narrowed)
            return narrowed;
    }
    m_parameters = associationQuestion(filter);
    m_parameters.resource.options = arguments().options;
    for (const Option &option : arguments().options)
        m_parameters.resource.mustUnderstandOptions |= option.mustComply;
    return {};
}

/// What is hard on a host needs a word.
Done EnumerateVerb::checkCost() const
{
    const auto cost = costOf(m_parameters.resource, m_parameters.filter, m_parameters.polymorphism);
    if (!cost)
        return {};
    if (!arguments().allowCostly)
        return usage(u"%1 --allow-costly enumerates it all the same"_s.arg(costText(*cost)));
    note(u"winrmctl: note: "_s + costText(*cost));
    return {};
}

void EnumerateVerb::ask()
{
    if (arguments().isRaw() || m_parameters.mode == EnumerationMode::Reference) {
        enumerate({});
        return;
    }
    lookUpSchema(session(), m_parameters.resource, m_parameters.filter.text,
                 [this](const std::optional<CimClass> &schema) { enumerate(schema); });
}

void EnumerateVerb::enumerate(const std::optional<CimClass> &schema)
{
    if (isInterrupted()) {
        endWith(Error::cancelled());
        return;
    }
    m_schema = schema;
    m_parameters.countEstimate = arguments().verbose;
    m_operation = new EnumerateOperation(
        &session(), m_parameters,
        {.maxRows = arguments().maxRows, .keepRawPages = arguments().isRaw(), .streaming = true});
    if (arguments().isRaw()) {
        if (!QDir().mkpath(arguments().output)) {
            endWith(Error::of(Error::Kind::Local, Cause::LocalFile, {},
                              FileDetails{.path = arguments().output}));
            return;
        }
        connect(m_operation, &EnumerateOperation::pageReceived, this, &EnumerateVerb::writePage);
        connect(m_operation, &Operation::finished, this, &EnumerateVerb::finishRaw);
        m_operation->start();
        return;
    }
    ExportOptions options = exportOptions();
    options.rowClass = classAsked(m_parameters.resource, m_parameters.filter.text);
    options.references = m_parameters.mode != EnumerationMode::Object;
    if (m_schema && m_parameters.filter.text.isEmpty() && isTable(arguments().exportFormat())) {
        for (const CimProperty &property : m_schema->properties)
            options.schemaColumns.append(property.name);
    }
    if (!beginRows(options))
        return;
    connect(m_operation, &EnumerateOperation::rowsReceived, this, &EnumerateVerb::take);
    connect(m_operation, &Operation::progress, this, [this](qint64 bytes, qint64, qint64 estimate) {
        if (estimate >= 0 && !std::exchange(m_estimated, true))
            note(u"winrmctl: note: the host counts %1 items"_s.arg(estimate));
        showProgress(bytes);
    });
    connect(m_operation, &Operation::finished, this, &EnumerateVerb::endRows);
    m_operation->start();
}

void EnumerateVerb::take(const RowBatchPtr &batch)
{
    if (allWritten()) {
        m_rows.dropRows();
        rowsDropped();
    }
    const std::uint32_t columns = m_rows.columnCount();
    const std::uint32_t before = m_rows.rowCount();
    m_rows.append(batch);
    if (m_schema && m_rows.columnCount() > columns)
        applySchema(m_rows, *m_schema);
    else if (m_rows.columnCount() > columns && isConfiguration(m_parameters.resource))
        applyConfiguration(m_rows);
    noteUnfiltered(before);
    std::uint64_t count = m_rows.rowCount() - before;
    if (arguments().maxRows)
        count = std::min(count, arguments().maxRows - std::min(m_taken, arguments().maxRows));
    m_taken += count;
    if (count > 0 && !writeRows(m_rows, before + std::uint32_t(count)))
        m_operation->cancel();
}

/// OMI takes a selector filter and returns everything: whoever asked for some must know.
void EnumerateVerb::noteUnfiltered(std::uint32_t from)
{
    for (const Selector &wanted : m_parameters.filter.selectors) {
        const auto column = m_rows.columnNamed(wanted.name.toUtf8().toStdString());
        for (auto row = from; column && !m_unfiltered && row < m_rows.rowCount(); ++row) {
            const std::string_view text = m_rows.cell(row, *column).text();
            const QString value = QString::fromUtf8(text.data(), qsizetype(text.size()));
            m_unfiltered = value.compare(wanted.value, Qt::CaseInsensitive) != 0;
            if (m_unfiltered)
                note(u"winrmctl: note: the host returns what the filter does not ask for"_s);
        }
    }
}

void EnumerateVerb::writePage(const QByteArray &envelope)
{
    const Done written = writeReplyFile(arguments().output, m_pages++, envelope, arguments().force);
    if (!written) {
        m_pageError = written.error();
        m_operation->cancel();
    }
}

void EnumerateVerb::finishRaw(const Outcome &outcome)
{
    if (m_pageError)
        endWith(m_pageError, outcome.rows);
    else if (outcome.error)
        endWith(outcome.error, outcome.rows);
    else
        end(ExitCode::Done);
}
