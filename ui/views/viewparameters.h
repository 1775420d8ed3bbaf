#pragma once

#include "inventory/readyview.h"

#include <QWidget>

class QHBoxLayout;
class QPushButton;

/// The parameters of a ready view as lines of fields with a button that runs it. Enter in a
/// field runs it too.
class ViewParameters final : public QWidget
{
    Q_OBJECT
public:
    explicit ViewParameters(const ReadyView &view, QWidget *parent = nullptr);
    ViewValues values() const;
    void setValues(const ViewValues &values);

Q_SIGNALS:
    void run();

private:
    QWidget *makeField(const ViewParameter &parameter);
    std::vector<std::pair<QString, QWidget *>> m_fields;
};
