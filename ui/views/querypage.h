#pragma once

#include "models/querystore.h"
#include "protocol/request.h"
#include "views/page.h"

#include <QPointer>

class ClassNamesOperation;
class InstancesPage;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class PageState;
class QTabWidget;
class QToolButton;
class QueryEditor;
class SchemaOperation;

/// A query of one's own: where it goes, its text, and below it what each run gave, as tables.
class QueryPage final : public Page
{
    Q_OBJECT
public:
    /// `store` must outlive the page.
    QueryPage(HostConnection *host, QueryStore &store, const QString &cimNamespace,
              QWidget *parent = nullptr);

    QString title() const override;
    QIcon icon() const override;
    QString key() const override;
    HostConnection *host() const override { return m_host; }
    QStringList breadcrumb() const override;
    bool canRefresh() const override { return true; }
    void refresh() override { run(); }
    bool isBusy() const override;
    void stop() override;
    bool canExport() const override;
    void exportContent() override;
    bool canFind() const override;
    void find() override;
    void copy() override;
    Details details() const override;
    QString statusText() const override;

    void setQuery(const QueryStore::Query &query);
    void run();

private:
    QWidget *makeHead();
    QToolButton *makeMenuButton(const QString &name, const QString &text, QStringView icon);
    void fillHistory();
    void fillSaved();
    void fillHints();
    void queryChanged();
    void showParameters();
    void saveQuery();
    void readWords();
    void readClassWords();
    void showWords();
    QueryStore::Query query() const;
    Result<EnumerateParameters> question() const;
    InstancesPage *result() const;
    void addResult(const EnumerateParameters &question);
    void say(const QString &problem);

    QPointer<HostConnection> m_host;
    QueryStore &m_store;
    const int m_number; ///< "Query 2"
    QComboBox *m_namespace;
    QComboBox *m_dialect;
    QueryEditor *m_editor;
    QWidget *m_parameters;
    QFormLayout *m_parameterForm;
    QLabel *m_problem;
    QPushButton *m_run;
    QToolButton *m_history;
    QToolButton *m_saved;
    QToolButton *m_hints;
    QTabWidget *m_results;
    PageState *m_state; ///< says what comes in place of the first result
    EnumerationMode m_mode = EnumerationMode::Object;
    PolymorphismMode m_polymorphism = PolymorphismMode::Unstated;
    std::uint32_t m_batch = 0; ///< items a page; 0: as the session has it
    QPointer<ClassNamesOperation> m_classes;
    QPointer<SchemaOperation> m_schema;
    QString m_wordsOf; ///< the namespace whose classes are known
    QString m_schemaOf;
    QStringList m_classWords, m_propertyWords;
    int m_runs = 0;
};
