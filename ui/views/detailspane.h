#pragma once

#include "views/page.h"

class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QTabWidget;
class XmlView;

/// Shows the Details of what is selected: value and facts, and the XML as received. Everything can
/// be selected and copied.
class DetailsPane final : public QWidget
{
    Q_OBJECT
public:
    explicit DetailsPane(QWidget *parent = nullptr);

    void setDetails(const Details &details);
    void clear() { setDetails({}); }
    bool isEmpty() const { return m_details.isEmpty(); }
    QString plainText() const; ///< all of it, as it is copied

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *createHead();
    void showSections();
    Details m_details;
    QStackedWidget *m_stack;
    QLabel *m_icon, *m_title, *m_subtitle;
    QPlainTextEdit *m_value;
    QTabWidget *m_tabs;
    class QTextEdit *m_sections;
    XmlView *m_xml;
};
