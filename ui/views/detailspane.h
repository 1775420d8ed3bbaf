#pragma once

#include "views/page.h"

class QDockWidget;
class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QTabWidget;
class ValueView;
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
    /// Brings the value view to the front of its dock; hides the dock when it was there already.
    void toggleValue(QDockWidget *dock);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *createHead();
    void showSections();
    void showValue();
    Details m_details;
    QStackedWidget *m_stack;
    QLabel *m_icon, *m_title, *m_subtitle;
    QPlainTextEdit *m_value;
    QTabWidget *m_tabs;
    class QTextEdit *m_sections;
    ValueView *m_full;
    XmlView *m_xml;
};
