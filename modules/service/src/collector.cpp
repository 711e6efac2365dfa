// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/service/collector.h"

#include "data_folder.h"
#include "venue_clients.h"

#include "chrona/sources/collector_post.h"

#include <QFile>
#include <QSaveFile>

#include <format>
#include <optional>

namespace chrona::service {
namespace {

namespace fs = std::filesystem;

/// What makes this collector itself; readable by its owner alone.
struct CollectorIdentity {
    net::SelfSigned certificate;
    std::string secret;
};

QString pathOf(const fs::path &path)
{
    return QString::fromStdString(path.string());
}

Status keepSecretly(const fs::path &path, const std::string &bytes)
{
    QSaveFile file(pathOf(path));
    if (!file.open(QIODevice::WriteOnly) ||
        !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0 || !file.commit())
        return fail(ErrorCode::Unavailable, std::format("cannot write {}", path.string()));
    return {};
}

std::optional<std::string> kept(const fs::path &path)
{
    QFile file(pathOf(path));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.readAll().toStdString();
}

/// The pairing is written last: with it, all is there.
Result<CollectorIdentity> ensureIdentity(const fs::path &dataFolder)
{
    const fs::path folder = dataFolder / "collector";
    const auto key = kept(folder / "key.pem"), line = kept(folder / "pairing");
    if (key && line) {
        auto pairing = net::readPairing(*line);
        if (!pairing)
            return fail(ErrorCode::Corrupt,
                        std::format("{} cannot be read", (folder / "pairing").string()),
                        "remove that folder to make a new one, and pair it anew");
        return CollectorIdentity{{std::move(pairing->certificatePem), *key},
                                 std::move(pairing->secret)};
    }
    auto made = net::makeSelfSigned(net::kLinkName);
    if (!made)
        return std::unexpected(made.error());
    CollectorIdentity identity{std::move(*made), net::makeLinkSecret()};
    std::error_code error;
    fs::create_directories(folder, error);
    fs::permissions(folder, fs::perms::owner_all, error);
    if (auto done = keepSecretly(folder / "key.pem", identity.certificate.keyPem); !done)
        return std::unexpected(done.error());
    const std::string pairing =
        net::writePairing({identity.certificate.certificatePem, identity.secret}) + "\n";
    if (auto done = keepSecretly(folder / "pairing", pairing); !done)
        return std::unexpected(done.error());
    return identity;
}

} // namespace

struct Collector::Parts {
    explicit Parts(DataFolder held) : folder(std::move(held)) {}

    Result<std::unique_ptr<sources::VenueCollector>>
    listen(const sources::AssignedVenue &venue,
           std::function<void(std::span<const sources::VenueRow>)> rows)
    {
        const auto *entry = clients.library->find(venue.venue);
        if (entry == nullptr || entry->venue == nullptr || entry->description.sources.empty())
            return fail(ErrorCode::NotFound, "there is no such venue here",
                        "run the same version on both hosts");
        return std::make_unique<sources::VenueCollector>(sources::VenueCollector::Parts{
            .venue = *entry->venue,
            .source = entry->description.sources.front(),
            .http = *clients.http,
            .streams = *clients.streams,
            .markets = venue.markets,
            .rows = std::move(rows),
            .seed = std::hash<std::string>{}(venue.venue)});
    }

    DataFolder folder;
    VenueClients clients;
    std::unique_ptr<sources::CollectorPost> post; ///< ends first
};

Result<std::string> Collector::pairing(const CollectorOptions &options)
{
    std::error_code error;
    fs::create_directories(options.dataFolder, error);
    const auto identity = ensureIdentity(options.dataFolder);
    if (!identity)
        return std::unexpected(identity.error());
    return net::writePairing({identity->certificate.certificatePem, identity->secret});
}

Result<std::unique_ptr<Collector>> Collector::open(const CollectorOptions &options)
{
    auto folder = DataFolder::open(options.dataFolder);
    if (!folder)
        return std::unexpected(folder.error());
    const log::Options logging{
        .file = folder->logFile(), .level = options.logLevel, .toStderr = options.logToStderr};
    if (auto opened = log::open(logging); !opened)
        return std::unexpected(opened.error());
    auto identity = ensureIdentity(folder->path());
    if (!identity)
        return std::unexpected(identity.error());
    auto parts = std::make_unique<Parts>(std::move(*folder));
    auto clients = makeVenueClients(options.pluginsFolder.parent_path() / "venues",
                                    std::format("Chrona/{}", options.version));
    if (!clients)
        return std::unexpected(clients.error());
    parts->clients = std::move(*clients);
    sources::CollectorPost::Parts post{
        .listening = {.port = options.port,
                      .identity = std::move(identity->certificate),
                      .secret = std::move(identity->secret),
                      .onlyThisMachine = options.onlyThisMachine},
        .version = options.version,
        .listen = [raw = parts.get()](const sources::AssignedVenue &venue, auto rows) {
            return raw->listen(venue, std::move(rows));
        }};
    auto started = sources::CollectorPost::start(std::move(post));
    if (!started)
        return std::unexpected(started.error());
    parts->post = std::move(*started);
    log::info("collector", "chronad {} waits at port {} for the service that it was paired with",
              options.version, parts->post->port());
    return std::unique_ptr<Collector>(new Collector(std::move(parts)));
}

Collector::Collector(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Collector::~Collector() = default;

std::uint16_t Collector::port() const
{
    return m_parts ? m_parts->post->port() : 0;
}

void Collector::stop()
{
    if (!m_parts)
        return;
    m_parts.reset();
    log::info("collector", "stopped");
    log::flush();
    Q_EMIT stopped();
}

} // namespace chrona::service
