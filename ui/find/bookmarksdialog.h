#pragma once

#include "find/places.h"

#include <QDialog>

#include <functional>

class QPushButton;
class QTreeWidget;

/// The bookmarks, to be opened and removed.
class BookmarksDialog final : public QDialog
{
    Q_OBJECT
public:
    using NameOfHost = std::function<QString(const Place &)>; ///< empty: there is none any more
    BookmarksDialog(Places &places, NameOfHost nameOfHost, QWidget *parent);

Q_SIGNALS:
    void chosen(const Place &place);

private:
    void fill();
    void openCurrent();
    void remove();
    const Place *current() const;

    Places &m_places;
    NameOfHost m_nameOfHost;
    QTreeWidget *m_list;
    QPushButton *m_open, *m_remove;
};
