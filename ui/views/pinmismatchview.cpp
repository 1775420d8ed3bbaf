#include "views/pinmismatchview.h"

#include "connection/trust.h"
#include "look/icons.h"
#include "look/look.h"
#include "text/sentences.h"
#include "text/valuetext.h"

#include <QGridLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace {

/// A digest as four rows of eight bytes, so that two can be compared by eye.
QString inRows(const QByteArray &digest)
{
    QStringList rows;
    for (qsizetype i = 0; i < digest.size(); i += 8)
        rows << colonHex(digest.mid(i, 8));
    return rows.join(u'\n');
}

} // namespace

PinMismatchView::PinMismatchView(QWidget *parent)
    : QWidget(parent)
    , m_title(addText(u"pinTitle"_s))
    , m_sentence(addText(u"pinSentence"_s))
    , m_expected(addText(u"pinExpected"_s, true))
    , m_presented(addText(u"pinPresented"_s, true))
    , m_facts(addText(u"pinFacts"_s))
    , m_remedy(addText(u"pinRemedy"_s))
{
    setObjectName(u"pinMismatch"_s);
    Look::setTitle(m_title);
    Look::setMeaning(m_title, Meaning::Error);
    auto heading = [this](const QString &text) {
        auto *label = new QLabel(text, this);
        Look::setMeaning(label, Meaning::Muted);
        return label;
    };
    auto *digests = new QGridLayout;
    digests->setHorizontalSpacing(2 * Look::Around);
    digests->setVerticalSpacing(Look::Inside);
    digests->addWidget(heading(tr("Pinned (SHA-256)")), 0, 0);
    digests->addWidget(heading(tr("Presented now (SHA-256)")), 0, 1);
    digests->addWidget(m_expected, 1, 0, Qt::AlignTop);
    digests->addWidget(m_presented, 1, 1, Qt::AlignTop);
    digests->setColumnStretch(2, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::Around, Look::Around, Look::Around, Look::Around);
    layout->setSpacing(Look::Groups);
    layout->addWidget(m_title);
    layout->addWidget(m_sentence);
    layout->addLayout(digests);
    layout->addWidget(m_facts);
    layout->addWidget(m_remedy);
}

QLabel *PinMismatchView::addText(const QString &name, bool monospace)
{
    auto *label = new QLabel(this);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(!monospace);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    if (monospace)
        label->setFont(Look::monospace());
    return label;
}

void PinMismatchView::show(const QString &host, const Error &error)
{
    const Explanation words = explain(error);
    m_title->setText(tr("Stopped: the certificate of %1 has changed").arg(host));
    m_sentence->setText(words.sentence);
    m_remedy->setText(words.remedy);
    const auto *details = std::get_if<TlsDetails>(&error.details);
    m_expected->setText(details ? inRows(details->expectedSha256) : QString());
    m_presented->setText(details ? inRows(details->leafSha256) : QString());
    const CertificateFacts facts = details ? certificateFacts(details->leafDer)
                                           : CertificateFacts();
    m_facts->setVisible(!facts.sha256.isEmpty());
    m_facts->setText(tr("The one presented now: %1, issued by %2, valid from %3 until %4.")
                         .arg(facts.subject, facts.issuer, localDateText(facts.notBefore),
                              localDateText(facts.notAfter)));
}
