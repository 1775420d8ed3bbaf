#pragma once

#include "models/tagfilter.h"

#include <QWidget>

class QAbstractButton;
class QScrollArea;
class QToolButton;

/// The tags of the hosts as a row of chips, each with three states: a click asks for the tag,
/// another for its absence, a third for neither. Beside them whether one of the tags asked for is
/// enough. Wraps, and scrolls from five lines on.
class TagBar final : public QWidget
{
    Q_OBJECT
public:
    explicit TagBar(QWidget *parent = nullptr);

    void setTags(const QStringList &tags); ///< of all hosts, in the order in which they are shown
    const TagFilter &filter() const { return m_filter; }
    void setFilter(const TagFilter &filter);
    bool isEmpty() const { return m_tags.isEmpty(); }

Q_SIGNALS:
    void changed(const TagFilter &filter);
    void dropped(const QStringList &profileIds, const QString &tag); ///< hosts, to have the tag

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QToolButton *makeChip(const QString &tag);
    void step(const QString &tag, int by);
    void showWish(QToolButton *chip) const;
    void apply();
    void arrange();
    bool takeDrop(const QObject *chip, class QDropEvent *event);

    QStringList m_tags;
    TagFilter m_filter;
    QScrollArea *m_area;
    QWidget *m_content;
    std::vector<QToolButton *> m_chips;
    QToolButton *m_any;
    QToolButton *m_clear;
};
