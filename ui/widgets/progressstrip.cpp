#include "widgets/progressstrip.h"

#include "look/icons.h"
#include "look/look.h"
#include "text/valuetext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

namespace {

constexpr int quietFor = 200; ///< ms without a sign of work

} // namespace

ProgressStrip::ProgressStrip(QWidget *parent)
    : QWidget(parent)
    , m_bar(new QProgressBar(this))
    , m_text(new QLabel(this))
    , m_stop(new QPushButton(Icons::get(u"stop"), tr("Stop"), this))
    , m_delay(new QTimer(this))
    , m_tick(new QTimer(this))
{
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(Look::Inside);
    m_bar->setAccessibleName(tr("Progress"));
    m_text->setTextFormat(Qt::PlainText);
    m_stop->setObjectName(QStringLiteral("stop"));
    m_stop->setToolTip(tr("Stop reading; what has arrived stays (Esc)"));
    m_stop->setAutoDefault(false);
    auto *line = new QHBoxLayout;
    line->addWidget(m_text, 1);
    line->addWidget(m_stop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::Inside);
    layout->addLayout(line);
    layout->addWidget(m_bar);
    m_delay->setSingleShot(true);
    m_delay->setInterval(quietFor);
    m_tick->setInterval(100);
    connect(m_delay, &QTimer::timeout, this, [this] {
        update();
        show();
        m_tick->start();
    });
    connect(m_tick, &QTimer::timeout, this, &ProgressStrip::update);
    connect(m_stop, &QPushButton::clicked, this, &ProgressStrip::stopRequested);
    hide();
}

void ProgressStrip::start(const QString &what)
{
    m_what = what;
    m_bytes = 0;
    m_rows = m_estimate = -1;
    m_active = true;
    m_clock.start();
    m_delay->start();
}

void ProgressStrip::setProgress(qint64 bytes, qint64 rows, qint64 estimate)
{
    m_bytes = bytes;
    m_rows = rows;
    m_estimate = estimate;
}

void ProgressStrip::finish()
{
    m_active = false;
    m_delay->stop();
    m_tick->stop();
    hide();
}

void ProgressStrip::update()
{
    const bool known = m_estimate > 0 && m_rows >= 0;
    m_bar->setRange(0, known ? int(m_estimate) : 0);
    m_bar->setValue(known ? int(qMin(m_rows, m_estimate)) : 0);
    const double seconds = double(m_clock.elapsed()) / 1000;
    if (m_rows <= 0) {
        m_text->setText(m_what);
        return;
    }
    //: "Reading Win32_Service: 12,300 rows, 5,200 rows/s, 3.1 MB"
    m_text->setText(tr("%1: %2 rows, %3 rows/s, %4")
                        .arg(m_what, QLocale().toString(m_rows),
                             rateText(double(m_rows) / qMax(0.001, seconds)), bytesText(m_bytes)));
}
