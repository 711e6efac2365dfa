// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fetch_memory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace chrona::sources {
namespace {

using namespace Qt::StringLiterals;

std::string hashText(std::string_view text)
{
    return toHex(hashOf({text}).bytes);
}

QString qt(const std::string &text)
{
    return QString::fromStdString(text);
}

} // namespace

FetchMemory FetchMemory::read(std::string_view text)
{
    FetchMemory memory;
    const auto object =
        QJsonDocument::fromJson(QByteArray(text.data(), static_cast<qsizetype>(text.size())))
            .object();
    memory.cursor = object.value("cursor"_L1).toString().toStdString();
    for (const QJsonValue &value : object.value("documents"_L1).toArray()) {
        if (memory.m_documents.size() == kDocumentsMax)
            break;
        const auto field = [&value](QLatin1StringView name) {
            return value[name].toString().toStdString();
        };
        const auto fresh = parseInstant(field("fresh_until"_L1));
        memory.m_documents.push_back({field("address"_L1),
                                      {field("etag"_L1), field("last_modified"_L1)},
                                      field("body"_L1),
                                      fresh ? std::optional(*fresh) : std::nullopt});
    }
    return memory;
}

std::string FetchMemory::write() const
{
    QJsonArray documents;
    for (const auto &document : m_documents) {
        QJsonObject object{{u"address"_s, qt(document.addressHash)},
                           {u"etag"_s, qt(document.validators.etag)},
                           {u"last_modified"_s, qt(document.validators.lastModified)},
                           {u"body"_s, qt(document.bodyHash)}};
        if (document.freshUntil)
            object.insert(u"fresh_until"_s, qt(formatInstant(*document.freshUntil)));
        documents.append(object);
    }
    return QJsonDocument(QJsonObject{{u"cursor"_s, qt(cursor)}, {u"documents"_s, documents}})
        .toJson(QJsonDocument::Compact)
        .toStdString();
}

const FetchMemory::Document *FetchMemory::find(std::string_view url) const
{
    const auto found = std::ranges::find(m_documents, hashText(url), &Document::addressHash);
    return found == m_documents.end() ? nullptr : &*found;
}

void FetchMemory::remember(std::string_view url, Document document, std::string_view body)
{
    document.addressHash = hashText(url);
    document.bodyHash = hashText(body);
    std::erase_if(m_documents,
                  [&](const Document &known) { return known.addressHash == document.addressHash; });
    m_documents.push_front(std::move(document));
    if (m_documents.size() > kDocumentsMax)
        m_documents.pop_back();
}

void FetchMemory::renew(std::string_view url, std::optional<Instant> freshUntil)
{
    const auto found = std::ranges::find(m_documents, hashText(url), &Document::addressHash);
    if (found != m_documents.end())
        found->freshUntil = freshUntil;
}

} // namespace chrona::sources
