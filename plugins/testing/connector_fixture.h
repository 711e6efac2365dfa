// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/connector_library.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

/// What tests of connectors share. A test runs the built module, found as the program finds it.
namespace chrona::connect::fixture {

/// A day on which all tests are.
inline constexpr Instant kNow =
    Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21)) + std::chrono::hours(8);

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

    [[nodiscard]] Result<std::vector<Draft>> normalize(const char *kind, std::string payload,
                                                       const Way &way = {}) const
    {
        RawItem item;
        item.kind = kind;
        item.sourceRef = way.ref;
        item.url = way.url;
        item.payload = std::move(payload);
        item.fetchedAt = kNow;
        return m_entry->connector->normalize(item);
    }

    /// The drafts of a payload that must be readable.
    [[nodiscard]] std::vector<Draft> drafts(const char *kind, std::string payload,
                                            const Way &way = {}) const
    {
        auto read = normalize(kind, std::move(payload), way);
        if (!read)
            qWarning("%s", read.error().what.c_str());
        return read.value_or(std::vector<Draft>{});
    }

    [[nodiscard]] Result<Fetched> fetch(std::string_view sourceKey, Fetcher &fetcher,
                                        std::string_view cursor = {}) const
    {
        for (const schema::Source &source : m_entry->description.sources)
            if (source.key == sourceKey)
                return fetch(source, fetcher, cursor);
        return fail(ErrorCode::NotFound, "no such source");
    }
    /// As a user may have changed it.
    [[nodiscard]] Result<Fetched> fetch(const schema::Source &source, Fetcher &fetcher,
                                        std::string_view cursor = {}) const
    {
        return m_entry->connector->fetch({source, cursor, kNow}, fetcher, {});
    }

private:
    std::unique_ptr<ConnectorLibrary> m_library;
    const ConnectorLibrary::Entry *m_entry = nullptr;
};

/// Of all drafts those of one type.
template <class Type> std::vector<Type> only(const std::vector<Draft> &drafts)
{
    std::vector<Type> found;
    for (const Draft &draft : drafts)
        if (const auto *one = std::get_if<Type>(&draft))
            found.push_back(*one);
    return found;
}

/// Each value by the key of its series and its day: "fred:DGS10 2026-07-02".
inline std::map<std::string, double> valuesOf(const std::vector<Draft> &drafts)
{
    std::map<schema::SeriesId, std::string> keys;
    for (const auto &series : only<schema::Series>(drafts))
        keys[series.id] = series.key;
    std::map<std::string, double> values;
    for (const auto &observation : only<schema::Observation>(drafts))
        values[keys[observation.series] + " " +
               formatInstant(observation.times.observedAt).substr(0, 10)] = observation.value;
    return values;
}

/// When a bar opens and closes, and how long it is.
inline std::string shown(const schema::PriceBar &bar)
{
    return formatInstant(bar.opensAt) + " " + formatInstant(bar.times.observedAt) + " " +
           std::string(toString(bar.frequency));
}

/// Gives the same answer to everything and notes what it was asked.
class EchoFetcher final : public Fetcher {
public:
    explicit EchoFetcher(std::string body) : m_body(std::move(body)) {}
    Result<Response> get(const Request &request) override
    {
        asked.push_back(request);
        if (!error.what.empty())
            return std::unexpected(error);
        return Response{.status = 200, .url = request.url, .body = m_body, .fetchedAt = kNow};
    }
    std::vector<Request> asked;
    Error error{}; ///< instead of an answer

private:
    std::string m_body;
};

/// The host of an address, to hold against the entry.
inline std::string hostOf(std::string_view url)
{
    const std::size_t begin = url.find("://") + 3;
    return std::string(url.substr(begin, url.find_first_of("/:?", begin) - begin));
}

} // namespace chrona::connect::fixture
