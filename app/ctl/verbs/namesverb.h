#pragma once

#include "ctl/verbs/rowsverb.h"
#include "document/rowsetbuilder.h"
#include "inventory/ciminventory.h"

/// `namespaces [NS]` and `classes [NS]`: lists of names as rows.
class NamesVerb final : public RowsVerb
{
    Q_OBJECT
public:
    using RowsVerb::RowsVerb;

protected:
    Done prepare() override;
    void ask() override;

private:
    void askNamespaces();
    void askClasses();
    void sayCatalogue();
    void write(const QString &element, const std::vector<std::pair<QString, QString>> &fields);
    void done(const Outcome &outcome);

    QString m_namespace;
    RowSetBuilder m_builder;
    RowSet m_rows;
};
