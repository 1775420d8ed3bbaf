#include "views/tracedock.h"

#include "models/tracemodel.h"
#include "session/trace.h"
#include "views/dockbar.h"
#include "views/traceview.h"
#include "widgets/textbutton.h"

#include <QToolButton>

using namespace Qt::StringLiterals;

TraceDock::TraceDock(Trace &trace, QWidget *parent)
    : QDockWidget(tr("SOAP trace"), parent)
    , m_view(new TraceView(trace, this))
{
    setObjectName(u"traceDock"_s);
    m_view->setClearable(true);
    auto *bar = new DockBar(this);
    for (QWidget *tool : m_view->tools())
        bar->addTool(tool);
    auto *clear = textButton(bar, u"traceClear"_s, u"delete", tr("Clear"),
                             tr("Forget all exchanges"));
    bar->addTool(clear);
    connect(clear, &QToolButton::clicked, this, [&trace] { trace.clear(); });
    connect(m_view, &TraceView::saved, this, &TraceDock::saved);
    connect(m_view, &TraceView::failed, this, &TraceDock::failed);
    connect(m_view, &TraceView::repeatRequested, this, &TraceDock::repeatRequested);
    setWidget(m_view);
}

void TraceDock::select(quint64 id)
{
    show();
    raise();
    m_view->select(id);
}

void TraceDock::nameHost(quint64 operation, const QString &name)
{
    m_view->model().nameHost(operation, name);
}

QByteArray TraceDock::saveState() const
{
    return m_view->layoutState();
}

void TraceDock::restoreState(const QByteArray &state)
{
    m_view->restoreLayout(state);
}
