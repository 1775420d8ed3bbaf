#pragma once

#include "document/document.h"

#include <QPlainTextEdit>

/// XML to read and copy: indented, monospace, tags and attributes apart by colour. Very long texts
/// are cut, and say so at their end.
class XmlView final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit XmlView(QWidget *parent = nullptr);

    void setNode(const DocumentPtr &document, Node node); ///< null: empty
    void setXml(const QString &xml);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void write();
    class XmlHighlighter *m_highlighter;
    DocumentPtr m_document;
    Node m_node;
    bool m_pending = false; ///< written when it is first seen
};
