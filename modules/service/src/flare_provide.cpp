// SPDX-License-Identifier: AGPL-3.0-or-later
#include "flare_provide.h"

#include "oracle_pipeline.h"
#include "settings.h"

#include "chrona/base/log.h"
#include "chrona/flare/value_provider.h"

#include <format>
#include <sstream>

namespace chrona::service {
namespace {

/// A price that is older than this is none: whoever submits it is out of the band.
constexpr std::int64_t kPriceMsMax = 10'000;

std::optional<double> livePrice(const OraclePipeline &oracle, const Clock &clock,
                                const std::string &feed)
{
    const std::shared_ptr<OracleRun> run = oracle.run();
    // The sample world's prices are no prices of a market, whatever else is tried out with them.
    if (!run || run->mode() != ipc::OracleMode::Live)
        return std::nullopt;
    const auto price = run->view().soundPrice(feed);
    const auto now = std::chrono::floor<std::chrono::milliseconds>(clock.now());
    if (!price || now.time_since_epoch().count() - price->atMs > kPriceMsMax)
        return std::nullopt;
    return price->price;
}

std::vector<FlareValues::VenueVolume> liveVolumes(const OraclePipeline &oracle,
                                                  const std::string &feed, std::int64_t windowMs)
{
    std::vector<FlareValues::VenueVolume> volumes;
    const std::shared_ptr<OracleRun> run = oracle.run();
    if (run && run->mode() == ipc::OracleMode::Live)
        for (auto &each : run->volumes().of(feed, windowMs))
            volumes.push_back({std::move(each.venue), each.volume});
    return volumes;
}

FlareValues::Parts valueParts(const OraclePipeline &oracle)
{
    const auto clock = std::make_shared<const SystemClock>();
    return {
        .price = [&oracle,
                  clock](const std::string &feed) { return livePrice(oracle, *clock, feed); },
        .volumes = [&oracle](const std::string &feed,
                             std::int64_t windowMs) { return liveVolumes(oracle, feed, windowMs); },
        .clock = clock};
}

class OwnValues final : public flare::ValueSource {
public:
    explicit OwnValues(const OraclePipeline &oracle) : m_oracle(oracle) {}
    Result<std::vector<std::optional<double>>> valuesFor(flare::RoundId,
                                                         std::span<const ftso::Feed> feeds) override
    {
        std::vector<std::optional<double>> values;
        for (const ftso::Feed &feed : feeds)
            values.push_back(livePrice(m_oracle, m_clock, flare::feedName(feed.id)));
        return values;
    }

private:
    const OraclePipeline &m_oracle;
    SystemClock m_clock;
};

} // namespace

FlareProvide::FlareProvide(Parts parts) : m_parts(parts), m_values(valueParts(parts.oracle)) {}

FlareProvide::~FlareProvide() = default;

std::unique_ptr<flare::ValueSource> FlareProvide::valueSource() const
{
    return std::make_unique<OwnValues>(m_parts.oracle);
}

Status FlareProvide::begin()
{
    m_server.reset();
    http::Server::Options options;
    options.address = m_parts.settings.text("flare.provide_address");
    options.port = static_cast<std::uint16_t>(m_parts.settings.number("flare.provide_port"));
    std::istringstream hosts(m_parts.settings.text("flare.provide_hosts"));
    for (std::string host; hosts >> host;)
        options.hosts.push_back(std::move(host));
    auto server = http::Server::listen(std::move(options), [this](const http::Request &request) {
        return m_values.answer(request);
    });
    if (!server)
        return std::unexpected(server.error());
    m_server = std::move(*server);
    log::info("flare", "values are given on {} port {}", m_server->address(), m_server->port());
    return {};
}

void FlareProvide::resume()
{
    if (!m_parts.settings.flag("flare.provide"))
        return;
    m_problem.clear();
    if (auto begun = begin(); !begun) {
        m_problem = describe(begun.error());
        log::error("flare", "{}", m_problem);
    }
}

void FlareProvide::stop()
{
    m_server.reset();
}

Result<ipc::FlareProvideStatus> FlareProvide::turn(const ipc::FlareProvide &command)
{
    if (command.port)
        if (auto set = m_parts.settings.set("flare.provide_port", std::to_string(*command.port));
            !set)
            return std::unexpected(set.error());
    m_problem.clear();
    if (!command.enabled)
        m_server.reset();
    else if (auto begun = begin(); !begun)
        return std::unexpected(begun.error());
    if (auto set = m_parts.settings.set("flare.provide", command.enabled ? "true" : "false"); !set)
        return std::unexpected(set.error());
    return status();
}

ipc::FlareProvideStatus FlareProvide::status() const
{
    ipc::FlareProvideStatus status;
    status.enabled = m_parts.settings.flag("flare.provide");
    status.problem = m_problem;
    if (m_server) {
        status.address = m_server->address();
        status.port = m_server->port();
        const http::Server::Counts counts = m_server->counts();
        status.answered = static_cast<std::int64_t>(counts.answered);
        status.refused = static_cast<std::int64_t>(counts.refused);
    }
    m_values.tell(status);
    return status;
}

} // namespace chrona::service
