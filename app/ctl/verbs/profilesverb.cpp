#include "ctl/verbs/profilesverb.h"

#include "connection/optionsjson.h"
#include "connection/rules.h"
#include "ctl/connection.h"
#include "ctl/password.h"
#include "ctl/terminal.h"
#include "document/documentbuilder.h"
#include "document/rowsetbuilder.h"
#include "profileimport/profilefile.h"
#include "text/importtext.h"
#include "text/sentences.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maxImport = 16 << 20;

QString stateText(ProfileSummary::State state)
{
    switch (state) {
    case ProfileSummary::State::Ready:
        return u"ready"_s;
    case ProfileSummary::State::Pending:
        return u"pending"_s;
    case ProfileSummary::State::Damaged:
        break;
    }
    return u"damaged"_s;
}

QString storageText(SecretStorage storage)
{
    switch (storage) {
    case SecretStorage::Ask:
        return u"ask"_s;
    case SecretStorage::UntilQuit:
        return u"until-quit"_s;
    case SecretStorage::Keychain:
        break;
    }
    return u"keychain"_s;
}

void leaf(DocumentBuilder &document, std::string_view name, const QString &value)
{
    if (!value.isEmpty())
        document.leaf({}, name, value.toStdString());
}

void addSummary(DocumentBuilder &document, const ProfileSummary &summary)
{
    document.leaf({}, "Name", summary.name.toStdString());
    leaf(document, "Folder", summary.folder);
    leaf(document, "Tags", summary.tags.join(u','));
    leaf(document, "Color", summary.color);
    leaf(document, "State", stateText(summary.state));
}

DocumentPtr profileDocument(const ProfileStore::Loaded &loaded)
{
    DocumentBuilder document;
    document.startElement({}, "Profile");
    addSummary(document, loaded.profile.summary);
    leaf(document, "Url", loaded.profile.options.url().toString());
    leaf(document, "UserName", loaded.profile.options.userName);
    leaf(document, "Password", storageText(loaded.profile.storage));
    document.leaf({}, "PasswordStored", loaded.credential.isEmpty() ? "false" : "true");
    document.startElement({}, "Options");
    const QJsonObject options = toJson(loaded.profile.options);
    for (auto option = options.begin(); option != options.end(); ++option)
        leaf(document, option.key().toStdString(), option.value().toVariant().toString());
    document.endElement();
    document.endElement();
    return document.finish();
}

} // namespace

ProfilesVerb::ProfilesVerb(const Arguments &arguments)
    : Verb(arguments)
    , m_store(systemKeychain(), ProfileStore::defaultDirectory())
    , m_output(Verb::arguments())
{ }

void ProfilesVerb::start()
{
    const QString what = arguments().words.value(0);
    const QHash<QString, void (ProfilesVerb::*)()> verbs{
        {u"list"_s, &ProfilesVerb::list},        {u"show"_s, &ProfilesVerb::show},
        {u"add"_s, &ProfilesVerb::add},          {u"edit"_s, &ProfilesVerb::edit},
        {u"remove"_s, &ProfilesVerb::remove},    {u"import"_s, &ProfilesVerb::importFile},
        {u"export"_s, &ProfilesVerb::exportFile}};
    const auto verb = verbs.constFind(what);
    if (verb == verbs.cend()) {
        usage(u"profiles takes list, show, add, edit, remove, import or export"_s);
        return;
    }
    const Done opened = m_store.open();
    if (!opened)
        end(opened);
    else
        (this->*verb.value())();
}

void ProfilesVerb::usage(const QString &message)
{
    end(Error::of(Error::Kind::Local, Cause::LocalUsage, message));
}

void ProfilesVerb::end(const Done &done)
{
    Q_EMIT finished(done ? ExitCode::Done : fail(done.error()));
}

std::optional<ProfileSummary> ProfilesVerb::named()
{
    if (arguments().words.size() != 2) {
        usage(u"profiles %1 takes one profile"_s.arg(arguments().words.value(0)));
        return {};
    }
    auto summary = m_store.find(arguments().words.at(1));
    if (!summary)
        end(Error::of(Error::Kind::Local, Cause::LocalProfileUnknown, arguments().words.at(1)));
    return summary;
}

void ProfilesVerb::list()
{
    if (arguments().words.size() > 1) {
        usage(u"unexpected word: %1"_s.arg(arguments().words.at(1)));
        return;
    }
    RowSetBuilder builder;
    for (const ProfileSummary &summary : m_store.profiles()) {
        DocumentBuilder document;
        document.startElement({}, "Profile");
        addSummary(document, summary);
        document.endElement();
        builder.addRow(document.finish()->root());
    }
    RowSet rows;
    if (const RowBatchPtr batch = builder.takeBatch())
        rows.append(batch);
    if (const Done opened = m_output.open(); !opened) {
        end(opened);
        return;
    }
    ExportOptions options = m_output.exportOptions();
    if (options.columns.isEmpty())
        options.columns = {u"Name"_s, u"Folder"_s, u"Tags"_s, u"Color"_s, u"State"_s};
    const auto exporter = RowExporter::create(arguments().exportFormat(), options, m_output.sink());
    Done written = exporter->begin();
    if (written)
        written = exporter->append(rows, 0, rows.rowCount());
    if (written)
        written = exporter->end();
    if (m_output.readerGone())
        written = Done();
    end(written ? m_output.finish() : written);
}

void ProfilesVerb::show()
{
    const auto summary = named();
    if (!summary)
        return;
    m_store.load(summary->id, [this](const Result<ProfileStore::Loaded> &loaded) {
        if (!loaded) {
            end(loaded.error());
            return;
        }
        Q_EMIT finished(writeTree(profileDocument(*loaded)->root()));
    });
}

Done ProfilesVerb::applyWords(Profile &profile)
{
    if (!arguments().remote.isEmpty()) {
        const auto parsed = parseConnection(arguments().remote, profile.options);
        if (!parsed)
            return parsed.error();
        profile.options = *parsed;
    }
    applyTo(profile.options, arguments());
    if (!arguments().name.isEmpty())
        profile.summary.name = arguments().name;
    if (!arguments().folder.isNull())
        profile.summary.folder = arguments().folder;
    if (!arguments().color.isNull())
        profile.summary.color = arguments().color;
    if (arguments().tags)
        profile.summary.tags = *arguments().tags;
    if (!arguments().storage.isEmpty())
        profile.storage = arguments().storage == "keychain"_L1 ? SecretStorage::Keychain
                                                               : SecretStorage::Ask;
    return requireRules(profile.options, {.hasPassword = false, .willAsk = true});
}

void ProfilesVerb::add()
{
    if (arguments().words.size() != 2) {
        usage(u"profiles add takes the new profile's name"_s);
        return;
    }
    if (arguments().remote.isEmpty()) {
        usage(u"profiles add needs -r"_s);
        return;
    }
    if (m_store.find(arguments().words.at(1))) {
        usage(u"there is a profile %1 already"_s.arg(arguments().words.at(1)));
        return;
    }
    Profile profile;
    profile.summary.name = arguments().words.at(1);
    save(profile);
}

void ProfilesVerb::edit()
{
    const auto summary = named();
    if (!summary)
        return;
    m_store.load(summary->id, [this](const Result<ProfileStore::Loaded> &loaded) {
        if (loaded)
            save(loaded->profile);
        else
            end(loaded.error());
    });
}

void ProfilesVerb::save(Profile profile)
{
    if (const Done applied = applyWords(profile); !applied) {
        end(applied);
        return;
    }
    const auto password = givenPassword(arguments());
    if (!password) {
        end(password.error());
        return;
    }
    Credential credential{.userName = profile.options.userName, .password = *password};
    const bool wanted = arguments().storage == "keychain"_L1
        && profile.storage == SecretStorage::Keychain;
    if (wanted && credential.isEmpty()) {
        auto typed = terminal::askPassword(u"Password of %1: "_s.arg(profile.options.userName));
        if (!typed) {
            end(typed.error());
            return;
        }
        credential.password = Secret::take(*typed);
    }
    m_store.save(
        profile, credential, profile.storage == SecretStorage::Ask,
        [this](const Result<QString> &saved) {
            if (m_store.keychainState() == ProfileStore::KeychainState::Absent)
                note(
                    u"winrmctl: no keychain is running: the options were saved to a file, passwords are asked each time"_s);
            end(saved ? Done() : Done(saved.error()));
        });
}

void ProfilesVerb::remove()
{
    if (const auto summary = named())
        m_store.remove(summary->id, [this](const Done &done) { end(done); });
}

void ProfilesVerb::importFile()
{
    if (arguments().words.size() != 2) {
        usage(u"profiles import takes one file"_s);
        return;
    }
    QFile file(arguments().words.at(1));
    if (!file.open(QIODevice::ReadOnly)) {
        end(Error::of(Error::Kind::Local, Cause::LocalFile, file.errorString(),
                      FileDetails{.path = file.fileName()}));
        return;
    }
    const auto read = readProfileFile(file.read(maxImport + 1));
    if (!read) {
        end(read.error());
        return;
    }
    std::vector<Profile> profiles;
    for (const ReadProfile &one : read->profiles) {
        profiles.push_back(one.profile);
        for (const ImportNote &words : one.notes)
            note(u"winrmctl: %1: %2"_s.arg(one.profile.summary.name, importNoteText(words)));
    }
    for (const LeftEntry &left : read->left)
        note(u"winrmctl: %1: %2"_s.arg(left.name, leftEntryText(left)));
    m_store.importProfiles(profiles, [this](const Result<ProfileStore::Import> &result) {
        if (!result) {
            end(result.error());
            return;
        }
        note(u"winrmctl: %1 profiles imported"_s.arg(result->added));
        for (const QString &name : result->skipped)
            note(u"winrmctl: %1 was there already"_s.arg(name));
        end({});
    });
}

void ProfilesVerb::exportFile()
{
    QStringList ids;
    const QStringList names = arguments().words.mid(1);
    for (const QString &name : names) {
        const auto summary = m_store.find(name);
        if (!summary) {
            end(Error::of(Error::Kind::Local, Cause::LocalProfileUnknown, name));
            return;
        }
        ids.append(summary->id);
    }
    if (names.isEmpty()) {
        for (const ProfileSummary &summary : m_store.profiles())
            ids.append(summary.id);
    }
    m_store.exportProfiles(ids, [this](const Result<QByteArray> &json) {
        if (json)
            Q_EMIT finished(write(*json));
        else
            end(json.error());
    });
}

ExitCode ProfilesVerb::writeTree(Node root)
{
    return write(exportTree(root, arguments().exportFormat(), m_output.exportOptions()));
}

ExitCode ProfilesVerb::write(const QByteArray &bytes)
{
    if (const Done opened = m_output.open(); !opened)
        return fail(opened.error());
    if (!m_output.write(bytes))
        return m_output.readerGone() ? ExitCode::Done : fail(m_output.error());
    const Done done = m_output.finish();
    return done ? ExitCode::Done : fail(done.error());
}
