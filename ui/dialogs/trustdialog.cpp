#include "dialogs/trustdialog.h"

#include "common/error.h"
#include "look/form.h"
#include "look/icons.h"
#include "text/sentences.h"
#include "widgets/signlabel.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

QLabel *plain(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QLabel *code(const QString &text, QWidget *parent)
{
    QLabel *label = plain(text, parent);
    label->setFont(Look::monospace());
    return label;
}

/// A digest in two lines of sixteen pairs, so that it can be compared by eye.
QString twoLines(const QString &digest)
{
    const qsizetype middle = digest.size() / 2;
    const qsizetype cut = digest.indexOf(u':', middle - 1);
    return cut < 0 ? digest : digest.left(cut + 1) + u'\n' + digest.mid(cut + 1);
}

QString dates(const CertificateFacts &facts)
{
    const QLocale locale;
    return TrustDialog::tr("%1 to %2")
        .arg(locale.toString(facts.notBefore.toLocalTime(), QLocale::ShortFormat),
             locale.toString(facts.notAfter.toLocalTime(), QLocale::ShortFormat));
}

} // namespace

TrustDialog::TrustDialog(const TrustQuestion &question, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"trustDialog"_s);
    setWindowTitle(tr("Certificate not trusted"));
    setModal(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::Around, Look::Around, Look::Around, Look::Groups);
    layout->setSpacing(Look::Groups);

    auto *head = new QHBoxLayout;
    head->setSpacing(Look::Groups);
    head->addWidget(new SignLabel(Icons::get(u"certificate", Meaning::Warning), 32, this));
    auto *title = new QLabel(tr("Is this really %1?").arg(question.host), this);
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    Look::setTitle(title);
    head->addWidget(title, 1);
    layout->addLayout(head);
    layout->addWidget(makeReasons(question));
    layout->addWidget(makeFacts(question));

    auto *hint = plain(tr("Compare the SHA-1 thumbprint with the one the host itself shows for its "
                          "HTTPS listener:"),
                       this);
    auto *command = code(u"winrm enumerate winrm/config/listener"_s, this);
    auto *compare = new QVBoxLayout;
    compare->setSpacing(Look::Inside);
    compare->addWidget(hint);
    compare->addWidget(command);
    layout->addLayout(compare);

    auto *buttons = new QDialogButtonBox(this);
    QPushButton *no = buttons->addButton(tr("Do not connect"), QDialogButtonBox::RejectRole);
    QPushButton *once = buttons->addButton(tr("Trust once"), QDialogButtonBox::AcceptRole);
    QPushButton *pin = buttons->addButton(tr("Pin this certificate"), QDialogButtonBox::AcceptRole);
    no->setObjectName(u"trustNo"_s);
    once->setObjectName(u"trustOnce"_s);
    pin->setObjectName(u"trustPin"_s);
    once->setToolTip(tr("Until the connection is closed"));
    pin->setToolTip(
        tr("From now on this connection accepts exactly this certificate and no other"));
    no->setDefault(true);
    no->setFocus();
    connect(no, &QPushButton::clicked, this, [this] { answer(TrustAnswer::No); });
    connect(once, &QPushButton::clicked, this, [this] { answer(TrustAnswer::Once); });
    connect(pin, &QPushButton::clicked, this, [this] { answer(TrustAnswer::Pin); });
    connect(this, &QDialog::rejected, this, [this] { answer(TrustAnswer::No); });
    layout->addStretch(); // what wrapped text does not need
    layout->addWidget(buttons);
    resize(sizeHint().expandedTo({560, 0}));
}

QWidget *TrustDialog::makeReasons(const TrustQuestion &question)
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::Inside);
    for (const Cause cause : question.reasons) {
        Error reason = Error::of(Error::Kind::Certificate, cause);
        reason.host = question.host;
        auto *line = new QHBoxLayout;
        line->setSpacing(Look::Between);
        line->addWidget(new SignLabel(Icons::get(Icons::signOf(Meaning::Warning), Meaning::Warning),
                                      Look::IconSize, box),
                        0, Qt::AlignTop);
        line->addWidget(plain(explain(reason).sentence, box), 1);
        layout->addLayout(line);
    }
    return box;
}

QWidget *TrustDialog::makeFacts(const TrustQuestion &question)
{
    const CertificateFacts &facts = question.certificate;
    auto *box = new QWidget(this);
    QFormLayout *form = Form::make(box);
    form->addRow(tr("Issued to"), plain(facts.subject, box));
    form->addRow(tr("Names"),
                 plain(facts.names.isEmpty() ? tr("none") : facts.names.join(u", "_s), box));
    form->addRow(tr("Issued by"),
                 plain(facts.selfSigned ? tr("itself (self-signed)") : facts.issuer, box));
    form->addRow(tr("Valid"), plain(dates(facts), box));
    form->addRow(tr("Key"), plain(facts.keyText, box));
    form->addRow(tr("SHA-256"), code(twoLines(colonHex(facts.sha256)), box));
    form->addRow(tr("SHA-1 thumbprint"), code(colonHex(facts.sha1).remove(u':'), box));
    return box;
}

void TrustDialog::answer(TrustAnswer given)
{
    if (m_answered)
        return;
    m_answered = true;
    Q_EMIT answered(given);
    if (given == TrustAnswer::No)
        reject();
    else
        accept();
}
