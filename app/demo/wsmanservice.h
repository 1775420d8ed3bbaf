#pragma once

#include "common/secret.h"
#include "demo/democim.h"
#include "demo/democonfig.h"
#include "demo/httpgate.h"
#include "demo/httplistener.h"
#include "demo/personality.h"
#include "demo/soapdress.h"
#include "demo/soapfault.h"

/// The demo host's answers: sign-in, SOAP rules, dispatch to configuration and CIM, enumerations.
/// As strict as Windows where Windows is known to be; see app/demo/README.md for what it answers.
class WsmanService final : public HttpHandler
{
public:
    struct Setup
    {
        QString userName;
        Secret password;
        std::int64_t items = 5000;
        std::uint32_t seed = 1;
        std::chrono::milliseconds latency{0};
        bool tls = false;
        const Personality *as = &Personality::of(Personality::Kind::Windows);
    };
    explicit WsmanService(const Setup &setup);

    HttpAnswer handle(const ListenerRequest &request) override;
    void idle() override;

    void setPort(quint16 port) { m_config.setPort(port); }
    /// The next request that is signed in and can be read is answered with this fault; 0: with
    /// none.
    void refuseNext(std::uint32_t code) { m_refusal = code; }
    std::uint32_t serverEnvelope() const; ///< octets
    DemoConfig &config() { return m_config; }
    /// Called with MaxEnvelopeSizekb in octets whenever the configuration was written.
    void setEnvelopeChanged(std::function<void(std::uint32_t)> changed)
    {
        m_envelopeChanged = std::move(changed);
    }

private:
    /// Takes over what the configuration says (EnumerationTimeoutms, MaxEnvelopeSizekb).
    void applyConfig();
    struct Reply; ///< wsmanreply.h
    HttpAnswer answerSoap(const ListenerRequest &request, bool signedIn);
    static void refuseOptions(const SoapRequest &request);
    void dispatch(const SoapRequest &request, Reply &reply);
    std::string identify(bool signedIn) const;
    static bool isTransfer(const SoapRequest &request);
    static bool isInvoke(const SoapRequest &request);
    std::string transfer(const SoapRequest &request);
    std::string invoke(const SoapRequest &request);
    void enumerate(const SoapRequest &request, Reply &reply);
    void pull(const SoapRequest &request, Reply &reply);
    std::string release(const SoapRequest &request);
    void writePage(Enumeration &enumeration, const SoapRequest &request, bool first, bool withItems,
                   Reply &reply);
    void applyLatency(const SoapRequest &request, Reply &reply) const;

    // Of other servers than Windows: wsmandevice.cpp.
    bool isConfig(const SoapRequest &request) const; ///< of Windows; others have none
    int refuse(const SoapFault &fault, const SoapRequest &request, Reply &reply) const; ///< status
    bool waits(const SoapRequest &request, const ListenerRequest &from);
    static std::string resourceKey(const SoapRequest &request);
    static std::size_t countItems(ItemSource &source);
    std::string deviceIdentify() const;
    void writeDevicePage(Enumeration &enumeration, const SoapRequest &request, bool first,
                         bool withItems, Reply &reply);

    Setup m_setup;
    const Personality &m_as;
    HttpGate m_gate;
    SoapDress m_dress;
    DemoConfig m_config;
    DemoCim m_cim;
    EnumerationTable m_enumerations;
    std::weak_ptr<Enumeration> m_prepareNext;
    std::function<void(std::uint32_t)> m_envelopeChanged;
    std::uint32_t m_refusal = 0;
};
