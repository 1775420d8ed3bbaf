#include "ctl/verbs/namesverb.h"

#include "document/documentbuilder.h"

using namespace Qt::StringLiterals;

Done NamesVerb::prepare()
{
    if (arguments().words.size() > 1)
        return Error::of(Error::Kind::Local, Cause::LocalUsage,
                         u"unexpected word: %1"_s.arg(arguments().words.at(1)));
    if (arguments().isRaw())
        return Error::of(Error::Kind::Local, Cause::LocalUsage,
                         u"%1 has no raw form"_s.arg(arguments().verb));
    // Without one the classes are those of root/cimv2, or all that the host's catalogue lists.
    const QString usual = arguments().verb == "classes"_L1 ? QString() : u"root"_s;
    m_namespace = arguments().words.value(
        0, arguments().cimNamespace.isEmpty() ? usual : arguments().cimNamespace);
    m_namespace.replace(u'\\', u'/');
    return {};
}

void NamesVerb::ask()
{
    if (!beginRows(exportOptions()))
        return;
    if (arguments().verb == "classes"_L1)
        askClasses();
    else
        askNamespaces();
}

void NamesVerb::askNamespaces()
{
    auto *operation = new NamespacesOperation(&session(), m_namespace);
    connect(operation, &Operation::finished, this, [this, operation](const Outcome &outcome) {
        for (const QString &name : operation->namespaces())
            write(u"Namespace"_s, {{u"Name"_s, name}});
        if (operation->namedBy() == NamedBy::Catalogue)
            sayCatalogue();
        done(outcome);
    });
    operation->start();
}

void NamesVerb::askClasses()
{
    auto *operation = new ClassNamesOperation(&session(), m_namespace);
    connect(operation, &Operation::finished, this, [this, operation](const Outcome &outcome) {
        for (const ClassName &entry : operation->classes())
            write(u"Class"_s,
                  {{u"Name"_s, entry.name},
                   {u"SuperClass"_s, entry.superClass},
                   {u"Group"_s, entry.group},
                   {u"Meaning"_s, entry.meaning}});
        if (operation->namedBy() == NamedBy::Catalogue)
            sayCatalogue();
        done(outcome);
    });
    operation->start();
}

void NamesVerb::sayCatalogue()
{
    sayCatalogueProblems();
    note(u"winrmctl: note: the host cannot be asked for its %1; these are known of %2, and there "
         u"may "
         "be others"_s.arg(arguments().verb, catalogueOf(session()).title));
}

void NamesVerb::write(const QString &element,
                      const std::vector<std::pair<QString, QString>> &fields)
{
    DocumentBuilder document;
    document.startElement({}, element.toStdString());
    for (const auto &[name, value] : fields) {
        if (!value.isEmpty())
            document.leaf({}, name.toStdString(), value.toStdString());
    }
    document.endElement();
    m_builder.addRow(document.finish()->root());
}

void NamesVerb::done(const Outcome &outcome)
{
    if (const RowBatchPtr batch = m_builder.takeBatch()) {
        m_rows.append(batch);
        writeRows(m_rows, m_rows.rowCount());
    }
    endRows(outcome);
}
