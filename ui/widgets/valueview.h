#pragma once

#include "document/document.h"

#include <QStringList>
#include <QWidget>

#include <utility>
#include <vector>

class DocumentTreeModel;
class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QStringListModel;
class QTextEdit;
class QTreeView;
class XmlView;

/// What a value is, for ValueView.
struct ShownValue
{
    QString name;      ///< of the property
    QString text;      ///< as the host wrote it; empty for null and absent ones
    QString note;      ///< "null", "not sent", "empty text": in place of a text
    QStringList items; ///< of an array, as shown
    DocumentPtr document;
    Node object; ///< an embedded object or a reference, of `document`
};

/// One value with room: long text wrapped, XML indented, an array as a list, an embedded object as
/// a tree, a date in local time, UTC and as the host wrote it, a security descriptor in words. What
/// the value is, is seen from the value itself.
class ValueView final : public QWidget
{
    Q_OBJECT
public:
    explicit ValueView(QWidget *parent = nullptr);

    void setValue(const ShownValue &value);
    QString kind() const; ///< "Text, 1,204 characters": what it is said to be
    void copy() const;    ///< the value as the host wrote it

protected:
    void changeEvent(QEvent *event) override;

private:
    using Facts = std::vector<std::pair<QString, QString>>;
    QWidget *createHead();
    void showText(const QString &text);
    void showFacts(const Facts &facts);
    void writeFacts();
    bool showXml();
    bool showDate();
    bool showSddl();
    ShownValue m_value;
    Facts m_written;
    QLabel *m_kind;
    QWidget *m_copy;
    QStackedWidget *m_stack;
    QPlainTextEdit *m_text;
    XmlView *m_xml;
    QTreeView *m_list;
    QTreeView *m_tree;
    QStringListModel *m_items;
    DocumentTreeModel *m_nodes;
    QTextEdit *m_facts; ///< below the text
};
