#include "models/querystore.h"

#include "connection/privatefile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maxBytes = 4 << 20;
constexpr std::size_t maxHistory = 100;
constexpr std::size_t maxSaved = 1000;
constexpr qsizetype maxText = 64 << 10;
constexpr int version = 1;

QJsonArray toJson(const std::vector<QueryStore::Query> &queries)
{
    QJsonArray array;
    for (const QueryStore::Query &query : queries)
        array.append(QJsonObject{{u"name"_s, query.name},
                                 {u"namespace"_s, query.cimNamespace},
                                 {u"dialect"_s, query.dialect},
                                 {u"text"_s, query.text}});
    return array;
}

std::vector<QueryStore::Query> fromJson(const QJsonValue &value, std::size_t most)
{
    std::vector<QueryStore::Query> queries;
    for (const QJsonValue &item : value.toArray()) {
        const QJsonObject object = item.toObject();
        QueryStore::Query query{object[u"name"_s].toString(), object[u"namespace"_s].toString(),
                                object[u"dialect"_s].toString(), object[u"text"_s].toString()};
        if (!query.text.isEmpty() && query.text.size() <= maxText && queries.size() < most)
            queries.push_back(std::move(query));
    }
    return queries;
}

} // namespace

QueryStore::QueryStore(const QString &file, QObject *parent)
    : QObject(parent)
    , m_file(file)
{ }

const std::vector<QueryStore::Query> &QueryStore::history()
{
    load();
    return m_history;
}

const std::vector<QueryStore::Query> &QueryStore::saved()
{
    load();
    return m_saved;
}

void QueryStore::load()
{
    if (std::exchange(m_loaded, true))
        return;
    const auto bytes = readPrivateFile(m_file, maxBytes);
    if (bytes && !*bytes)
        return; // none yet
    const QJsonObject object = bytes ? QJsonDocument::fromJson(**bytes).object() : QJsonObject();
    m_writable = object[u"version"_s].toInt() == version;
    if (!m_writable)
        return;
    m_history = fromJson(object[u"history"_s], maxHistory);
    m_saved = fromJson(object[u"saved"_s], maxSaved);
}

Done QueryStore::write()
{
    Q_EMIT changed();
    if (!m_writable)
        return Error::of(Error::Kind::Local, Cause::LocalFile,
                         u"the file there is none of this version"_s, FileDetails{.path = m_file});
    const QJsonObject object{
        {u"version"_s, version}, {u"history"_s, toJson(m_history)}, {u"saved"_s, toJson(m_saved)}};
    return writePrivateFile(m_file, QJsonDocument(object).toJson());
}

void QueryStore::ran(const Query &query)
{
    load();
    Query entry = query;
    entry.name.clear();
    std::erase(m_history, entry);
    m_history.insert(m_history.begin(), entry);
    if (m_history.size() > maxHistory)
        m_history.resize(maxHistory);
    static_cast<void>(write()); // a history that cannot be kept is no reason to stop a query
}

Done QueryStore::save(const Query &query)
{
    load();
    std::erase_if(m_saved, [&](const Query &old) { return old.name == query.name; });
    const auto after = std::find_if(m_saved.begin(), m_saved.end(), [&](const Query &old) {
        return old.name.compare(query.name, Qt::CaseInsensitive) > 0;
    });
    m_saved.insert(after, query);
    return write();
}

Done QueryStore::remove(const QString &name)
{
    load();
    std::erase_if(m_saved, [&](const Query &old) { return old.name == name; });
    return write();
}
