#include "dialogs/advancedoptions.h"

#include "connection/trust.h"
#include "diagnose/preflight.h"
#include "look/form.h"
#include "look/look.h"
#include "prompts.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

QDoubleSpinBox *seconds(const QString &name, double most, QWidget *parent)
{
    auto *box = new QDoubleSpinBox(parent);
    box->setObjectName(name);
    box->setRange(0.5, most);
    box->setDecimals(1);
    box->setSuffix(AdvancedOptions::tr(" s"));
    return box;
}

QSpinBox *whole(const QString &name, int least, int most, const QString &suffix, QWidget *parent)
{
    auto *box = new QSpinBox(parent);
    box->setObjectName(name);
    box->setRange(least, most);
    box->setGroupSeparatorShown(true);
    box->setSuffix(suffix);
    return box;
}

std::chrono::milliseconds toMilliseconds(const QDoubleSpinBox *box)
{
    return std::chrono::milliseconds(qRound64(box->value() * 1000));
}

double toSeconds(std::chrono::milliseconds time)
{
    return double(time.count()) / 1000;
}

} // namespace

AdvancedOptions::AdvancedOptions(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"advanced"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::Groups);
    m_kerberos = makeKerberosGroup();
    layout->addWidget(m_kerberos);
    layout->addWidget(makeCertificateGroup());
    layout->addWidget(makeWaitingGroup());
    layout->addWidget(makeChangingGroup());

    for (QCheckBox *box : {m_servicePort, m_delegate, m_skipCa, m_skipCn, m_utf16, m_readOnly})
        connect(box, &QCheckBox::toggled, this, &AdvancedOptions::changed);
    for (QLineEdit *field : {m_servicePrincipal, m_caFile, m_locale})
        connect(field, &QLineEdit::textChanged, this, &AdvancedOptions::changed);
    for (QDoubleSpinBox *box : {m_timeout, m_connectTimeout})
        connect(box, &QDoubleSpinBox::valueChanged, this, &AdvancedOptions::changed);
    for (QSpinBox *box : {m_envelope, m_batch})
        connect(box, &QSpinBox::valueChanged, this, &AdvancedOptions::changed);
}

QWidget *AdvancedOptions::makeKerberosGroup()
{
    auto *group = new QWidget(this);
    group->setObjectName(u"kerberos"_s);
    QFormLayout *form = Form::make(group);
    form->addRow(Form::heading(tr("Kerberos"), group));
    m_servicePrincipal = new QLineEdit(group);
    m_servicePrincipal->setObjectName(u"servicePrincipal"_s);
    m_servicePrincipal->setPlaceholderText(tr("HTTP, then WSMAN, then host"));
    m_servicePrincipal->setToolTip(
        tr("A class such as WSMAN, or a whole name such as HTTP/web01.example.com"));
    m_servicePort = new QCheckBox(tr("The port is part of the service name"), group);
    m_servicePort->setObjectName(u"servicePort"_s);
    m_delegate = new QCheckBox(tr("Hand the ticket on to the host"), group);
    m_delegate->setObjectName(u"delegate"_s);
    m_delegate->setToolTip(tr("The host can then reach other computers in your name (delegation)"));
    form->addRow(tr("Service name (SPN)"), m_servicePrincipal);
    form->addRow(QString(), m_servicePort);
    form->addRow(QString(), m_delegate);
    return group;
}

void AdvancedOptions::setKerberos(bool possible)
{
    m_kerberos->setVisible(possible);
}

QWidget *AdvancedOptions::makeCertificateGroup()
{
    auto *group = new QWidget(this);
    QFormLayout *form = Form::make(group);
    form->addRow(Form::heading(tr("The host's certificate"), group));
    auto *pinRow = new QHBoxLayout;
    m_pinText = new QLabel(group);
    m_pinText->setObjectName(u"pin"_s);
    m_pinText->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_forgetPin = new QPushButton(tr("Forget"), group);
    m_forgetPin->setObjectName(u"forgetPin"_s);
    connect(m_forgetPin, &QPushButton::clicked, this, [this] {
        m_pin.clear();
        showPin();
        Q_EMIT changed();
    });
    pinRow->addWidget(m_pinText, 1);
    pinRow->addWidget(m_forgetPin);
    auto *caRow = new QHBoxLayout;
    m_caFile = new QLineEdit(group);
    m_caFile->setObjectName(u"caFile"_s);
    m_caFile->setAccessibleName(tr("Authorities (PEM)"));
    m_caFile->setPlaceholderText(tr("the system's authorities"));
    auto *choose = new QPushButton(tr("Choose..."), group);
    connect(choose, &QPushButton::clicked, this, &AdvancedOptions::chooseCaFile);
    caRow->addWidget(m_caFile, 1);
    caRow->addWidget(choose);
    m_skipCa = new QCheckBox(tr("Accept any issuer"), group);
    m_skipCa->setObjectName(u"skipCa"_s);
    m_skipCn = new QCheckBox(tr("Accept any name"), group);
    m_skipCn->setObjectName(u"skipCn"_s);
    form->addRow(tr("Pinned"), pinRow);
    form->addRow(tr("Authorities (PEM)"), caRow);
    form->addRow(QString(), m_skipCa);
    form->addRow(QString(), m_skipCn);
    return group;
}

QWidget *AdvancedOptions::makeWaitingGroup()
{
    auto *group = new QWidget(this);
    QFormLayout *form = Form::make(group);
    form->addRow(Form::heading(tr("Waiting, sizes, language"), group));
    m_timeout = seconds(u"timeout"_s, 86400, group);
    m_connectTimeout = seconds(u"connectTimeout"_s, 600, group);
    m_envelope = whole(u"envelope"_s, 8, 1039440, tr(" KiB"), group);
    m_batch = whole(u"batch"_s, 1, 1'000'000, tr(" items"), group);
    m_locale = new QLineEdit(group);
    m_locale->setObjectName(u"locale"_s);
    m_locale->setPlaceholderText(u"en-US"_s);
    m_utf16 = new QCheckBox(tr("Send requests as UTF-16"), group);
    m_utf16->setObjectName(u"utf16"_s);
    form->addRow(tr("Host may take"), m_timeout);
    form->addRow(tr("Connecting may take"), m_connectTimeout);
    form->addRow(tr("Largest reply"), m_envelope);
    form->addRow(tr("Items in a reply"), m_batch);
    form->addRow(tr("Language of messages"), m_locale);
    form->addRow(QString(), m_utf16);
    return group;
}

QWidget *AdvancedOptions::makeChangingGroup()
{
    auto *group = new QWidget(this);
    QFormLayout *form = Form::make(group);
    form->addRow(Form::heading(tr("Changing things"), group));
    m_readOnly = new QCheckBox(tr("Read-only: change nothing on this host"), group);
    m_readOnly->setObjectName(u"readOnly"_s);
    m_readOnly->setToolTip(tr("Whatever may change something is refused here, before it is sent"));
    form->addRow(QString(), m_readOnly);
    return group;
}

void AdvancedOptions::chooseCaFile()
{
    Prompts::current().openFile(this, tr("Certificate authorities"),
                                {tr("PEM certificates (*.pem *.crt *.cer)")},
                                [this](const QString &file) {
                                    if (!file.isEmpty())
                                        m_caFile->setText(file);
                                });
}

void AdvancedOptions::showPin()
{
    const QString digest = colonHex(m_pin);
    m_pinText->setText(m_pin.isEmpty() ? tr("no")
                                       : digest.left(23) + u"\u2026"_s + digest.right(11));
    m_pinText->setToolTip(m_pin.isEmpty() ? QString() : u"SHA-256 "_s + digest);
    m_pinText->setFont(m_pin.isEmpty() ? font() : Look::monospace());
    m_forgetPin->setVisible(!m_pin.isEmpty());
}

void AdvancedOptions::setOptions(const ConnectionOptions &options)
{
    m_pin = options.pinSha256;
    m_servicePrincipal->setText(options.servicePrincipal);
    m_servicePort->setChecked(options.servicePort);
    m_delegate->setChecked(options.delegate);
    m_caFile->setText(options.caFile);
    m_skipCa->setChecked(options.skipCaCheck);
    m_skipCn->setChecked(options.skipCnCheck);
    m_timeout->setValue(toSeconds(options.operationTimeout));
    m_connectTimeout->setValue(toSeconds(options.connectTimeout));
    m_envelope->setValue(int(options.maxEnvelopeKib));
    m_batch->setValue(int(options.batchItems));
    m_locale->setText(options.locale);
    m_utf16->setChecked(options.utf16);
    m_readOnly->setChecked(options.readOnly);
    showPin();
}

void AdvancedOptions::apply(ConnectionOptions &options) const
{
    const bool kerberos = Preflight::concernsKerberos(options);
    options.servicePrincipal = kerberos ? m_servicePrincipal->text().trimmed() : QString();
    options.servicePort = kerberos && m_servicePort->isChecked();
    options.delegate = kerberos && m_delegate->isChecked();
    options.pinSha256 = m_pin;
    options.caFile = m_caFile->text();
    options.skipCaCheck = m_skipCa->isChecked();
    options.skipCnCheck = m_skipCn->isChecked();
    options.operationTimeout = toMilliseconds(m_timeout);
    options.connectTimeout = toMilliseconds(m_connectTimeout);
    options.maxEnvelopeKib = std::uint32_t(m_envelope->value());
    options.batchItems = std::uint32_t(m_batch->value());
    options.locale = m_locale->text().trimmed();
    options.utf16 = m_utf16->isChecked();
    options.readOnly = m_readOnly->isChecked();
}
