#pragma once

#include "connection/profilestore.h"
#include "ctl/output.h"
#include "ctl/verb.h"

/// `profiles list | show NAME | add NAME | edit NAME | remove NAME | import FILE | export
/// [NAME...]`.
class ProfilesVerb final : public Verb
{
    Q_OBJECT
public:
    explicit ProfilesVerb(const Arguments &arguments);
    void start() override;

private:
    void list();
    void show();
    void add();
    void edit();
    void remove();
    void importFile();
    void exportFile();
    void save(Profile profile);
    Done applyWords(Profile &profile);
    /// The profile that the second word names; ends the verb when there is none.
    std::optional<ProfileSummary> named();
    void usage(const QString &message);
    void end(const Done &done);
    ExitCode writeTree(Node root);
    ExitCode write(const QByteArray &bytes);

    ProfileStore m_store;
    Output m_output;
};
