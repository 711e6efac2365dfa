// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "draft_words.h"
#include "stand_in_sources.h"

#include "chrona/connect/connector_library.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

/// What tests of connectors share. A test runs the built module, found as the program finds it.
namespace chrona::connect::fixture {

inline std::string fileText(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qWarning("cannot read %s", qPrintable(path));
    return file.readAll().toStdString();
}

/// A payload of the connector's own folder, written from the documented format.
inline std::string fixtureText(const char *name)
{
    return fileText(QStringLiteral(CHRONA_CONNECTOR_SOURCE_DIR "/fixtures/") + QLatin1String(name));
}

/// Recorded payloads lie beside some checkouts. Where the folder is, everything in it must be
/// right.
inline bool hasSamples()
{
    return QDir(QStringLiteral(CHRONA_SHARED_DIR)).exists();
}

inline std::string sampleText(const char *name)
{
    return fileText(QStringLiteral(CHRONA_SHARED_DIR "/samples/world/") + QLatin1String(name));
}

/// How a payload comes in, beside what it is.
struct Way {
    std::string ref{}; ///< the source's name for it
    std::string url{};
};

class LoadedConnector {
public:
    explicit LoadedConnector(std::string_view id)
    {
        auto library = ConnectorLibrary::load(CHRONA_CONNECTORS_DIR);
        if (!library)
            return;
        m_library = std::move(*library);
        for (const auto &refusal : m_library->refusals())
            if (refusal.file.stem() == id)
                qWarning("%s: %s", refusal.file.c_str(), refusal.reason.c_str());
        m_entry = m_library->find(id);
    }
    [[nodiscard]] bool isLoaded() const { return m_entry != nullptr; }
    [[nodiscard]] const Description &description() const { return m_entry->description; }
    [[nodiscard]] const Publisher *publisher() const { return m_entry->publisher; }
    /// An empty one where the connector has none of this key.
    [[nodiscard]] const schema::Source &source(std::string_view key) const
    {
        static const schema::Source none;
        const auto &all = m_entry->description.sources;
        const auto found = std::ranges::find(all, key, &schema::Source::key);
        return found == all.end() ? none : *found;
    }

    [[nodiscard]] Result<std::vector<Draft>> normalize(std::string kind, std::string payload,
                                                       const Way &way = {}) const
    {
        RawItem item;
        item.kind = std::move(kind);
        item.sourceRef = way.ref;
        item.url = way.url;
        item.payload = std::move(payload);
        item.fetchedAt = kNow;
        return m_entry->connector->normalize(item);
    }

    /// The drafts of a payload that must be readable.
    [[nodiscard]] std::vector<Draft> drafts(std::string kind, std::string payload,
                                            const Way &way = {}) const
    {
        auto read = normalize(std::move(kind), std::move(payload), way);
        if (!read)
            qWarning("%s", read.error().what.c_str());
        return read.value_or(std::vector<Draft>{});
    }
    /// Of these those of one type.
    template <class Type>
    [[nodiscard]] std::vector<Type> all(std::string kind, std::string payload) const
    {
        return only<Type>(drafts(std::move(kind), std::move(payload)));
    }

    [[nodiscard]] Result<Fetched> fetch(std::string_view sourceKey, Fetcher &fetcher,
                                        std::string_view cursor = {}) const
    {
        const schema::Source &found = source(sourceKey);
        if (found.key.empty())
            return fail(ErrorCode::NotFound, "no such source");
        return fetch(found, fetcher, cursor);
    }
    /// As a user may have changed it.
    [[nodiscard]] Result<Fetched> fetch(const schema::Source &asked, Fetcher &fetcher,
                                        std::string_view cursor = {}) const
    {
        return m_entry->connector->fetch({asked, cursor, kNow}, fetcher, {});
    }
    /// At a moment of the test's own, the source of that position in the entry.
    [[nodiscard]] Result<Fetched> fetch(Fetcher &fetcher, std::string_view cursor, Instant now,
                                        std::size_t position = 0) const
    {
        return m_entry->connector->fetch({m_entry->description.sources[position], cursor, now},
                                         fetcher, {});
    }

private:
    std::unique_ptr<ConnectorLibrary> m_library;
    const ConnectorLibrary::Entry *m_entry = nullptr;
};

/// The payload with `from`, which must be in it, replaced.
inline std::string with(std::string payload, std::string_view from, std::string_view to)
{
    const auto at = payload.find(from);
    Q_ASSERT(at != std::string::npos);
    return payload.replace(at, from.size(), to);
}

} // namespace chrona::connect::fixture
