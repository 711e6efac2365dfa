// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/connector_library.h"

#include <QFile>
#include <QTest>

#include <map>
#include <memory>
#include <string>
#include <vector>

/// What the tests of all connectors need: the built module, found as the program finds it, and a
/// source that answers from memory.
namespace chrona::probe {

inline std::string readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// Answers by a part of the address; what it does not know is Unavailable.
class FakeFetcher final : public connect::Fetcher {
public:
    Result<connect::Response> get(const connect::Request &request) override
    {
        asked.push_back(request.url);
        for (const auto &[part, answer] : answers)
            if (request.url.contains(part)) {
                connect::Response response = answer;
                response.url = request.url;
                return response;
            }
        return fail(ErrorCode::Unavailable, "no answer");
    }
    std::map<std::string, connect::Response> answers;
    std::vector<std::string> asked;
};

inline connect::Response ok(std::string body)
{
    return {.status = 200, .body = std::move(body)};
}

/// One connector of the folder with the built modules.
class Probe {
public:
    /// False, with a warning, when the module is missing or refused.
    bool load(std::string_view id)
    {
        auto library = connect::ConnectorLibrary::load(CHRONA_CONNECTORS_DIR);
        if (!library)
            return false;
        m_library = std::move(*library);
        for (const auto &refusal : m_library->refusals())
            qWarning("%s: %s", refusal.file.c_str(), refusal.reason.c_str());
        m_entry = m_library->find(id);
        return m_entry != nullptr;
    }

    [[nodiscard]] const connect::Description &description() const { return m_entry->description; }

    [[nodiscard]] Result<std::vector<connect::Draft>> normalize(std::string kind,
                                                                std::string payload) const
    {
        connect::RawItem item;
        item.kind = std::move(kind);
        item.payload = std::move(payload);
        item.fetchedAt = Instant(std::chrono::seconds(1'795'248'000)); // 2026-11-21T08:00:00Z
        return m_entry->connector->normalize(item);
    }

    /// All drafts of one sort; a payload that is refused gives none and a warning.
    template <class Kind>
    [[nodiscard]] std::vector<Kind> all(const std::string &kind, const std::string &payload) const
    {
        std::vector<Kind> found;
        const auto drafts = normalize(kind, payload);
        if (!drafts)
            qWarning("%s", drafts.error().what.c_str());
        else
            for (const auto &draft : *drafts)
                if (const auto *one = std::get_if<Kind>(&draft))
                    found.push_back(*one);
        return found;
    }

    /// Asks the source of that position in the entry.
    [[nodiscard]] Result<connect::Fetched> fetch(FakeFetcher &fetcher, std::string_view cursor,
                                                 Instant now, std::size_t source = 0) const
    {
        return m_entry->connector->fetch(
            {.source = m_entry->description.sources[source], .cursor = cursor, .now = now}, fetcher,
            {});
    }

private:
    std::unique_ptr<connect::ConnectorLibrary> m_library;
    const connect::ConnectorLibrary::Entry *m_entry = nullptr;
};

/// "?" where there is no such text.
inline std::string textAt(const schema::Attributes &attributes, std::string_view key)
{
    const auto *value = schema::find(attributes, key);
    const auto *text = value ? std::get_if<std::string>(value) : nullptr;
    return text ? *text : "?";
}

inline double numberAt(const schema::Attributes &attributes, std::string_view key)
{
    const auto *value = schema::find(attributes, key);
    const auto *number = value ? std::get_if<double>(value) : nullptr;
    return number ? *number : qQNaN();
}

inline std::string timeOf(const std::optional<Instant> &instant)
{
    return instant ? formatInstant(*instant) : "none";
}

/// The payload with `from`, which must be in it, replaced.
inline std::string with(std::string payload, std::string_view from, std::string_view to)
{
    const auto at = payload.find(from);
    Q_ASSERT(at != std::string::npos);
    return payload.replace(at, from.size(), to);
}

} // namespace chrona::probe
