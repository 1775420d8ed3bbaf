#pragma once

#include "find/palettemodel.h"

#include <QFrame>
#include <QPointer>

class QLineEdit;
class QListView;

/// One field and a list over the window: type what is wanted, Enter does it. Arrow keys move, Esc
/// and a click elsewhere close it and give the focus back.
class CommandPalette final : public QFrame
{
    Q_OBJECT
public:
    explicit CommandPalette(QWidget *window);
    void open(std::vector<PaletteItem> items, PaletteModel::Search search);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    bool keyPressed(const class QKeyEvent &key);
    void fit();
    void run(const QModelIndex &index);
    void leave();

    PaletteModel *m_model;
    QLineEdit *m_field;
    QListView *m_list;
    QPointer<QWidget> m_before; ///< had the focus
};
