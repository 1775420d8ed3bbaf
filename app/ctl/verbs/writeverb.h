#pragma once

#include "ctl/hostverb.h"
#include "ctl/verbs/givenbody.h"
#include "protocol/cimclass.h"

/// A verb that may change something on a host: `VERB RESOURCE [name=value ...]` with --input. All
/// that can be wrong at home is found before the host is asked: words, files, an output that is
/// there already, a read-only connection.
class WriteVerb : public HostVerb
{
    Q_OBJECT
public:
    using HostVerb::HostVerb;

protected:
    Done prepare() override;
    void ask() final;
    virtual void send() = 0; ///< everything is there; once
    /// The resource and what follows it.
    virtual QStringList targetWords() const { return arguments().words; }
    virtual bool takesBody() const { return true; }
    virtual bool needsBody() const { return false; }
    virtual bool onlyReads() const { return false; }
    /// Whether values, or the types of JSON, are better for knowing the class.
    virtual bool wantsSchema() const;

    const ResourceLocator &resource() const { return m_resource; }
    const GivenBody &body() const { return m_body; }
    const std::optional<CimClass> &schema() const { return m_schema; }
    /// The body to send: the patches, in the form that `types` asks for, over --input or `empty`.
    Result<Representation> bodyOver(const Representation &empty,
                                    const std::vector<CimProperty> &types) const;
    /// The answer; a null node (a host that sends none) leaves an empty element of that name.
    void answer(Node node, const QString &name, const QByteArray &raw, const LeafTypes &types = {});
    void warn(const QString &sentence) const; ///< a note on standard error

private:
    Done readBody();
    Done checkOutput() const;

    ResourceLocator m_resource;
    GivenBody m_body;
    bool m_bodyRead = false;
    std::optional<CimClass> m_schema;
};
