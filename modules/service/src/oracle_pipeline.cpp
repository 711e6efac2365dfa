// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_pipeline.h"

#include "database.h"
#include "oracle_record.h"
#include "oracle_tape.h"
#include "settings.h"
#include "workers.h"

#include "chrona/base/log.h"
#include "chrona/connect/connector_library.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <format>

namespace chrona::service {
namespace {

constexpr std::size_t kDaysShown = 7;

/// Each once, in the order in which they are named.
std::vector<std::string> words(std::string_view text)
{
    std::vector<std::string> out;
    std::string word;
    const auto end = [&] {
        if (!word.empty() && !std::ranges::contains(out, word))
            out.push_back(word);
        word.clear();
    };
    for (const char c : text) {
        if (c == ' ' || c == ',')
            end();
        else
            word += c;
    }
    end();
    return out;
}

/// Asked for each moment, since summer time comes and goes.
std::chrono::minutes hereFromUtc(Instant at)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    const QDateTime moment = QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::UTC);
    return std::chrono::minutes(QTimeZone::systemTimeZone().offsetFromUtc(moment) / 60);
}

} // namespace

/// Everything that, when it changes, needs another run.
struct OraclePipeline::Wish {
    bool isLive = false;
    std::vector<std::string> feeds, venues;
    AlertRules rules;
    QuietHours quiet;

    [[nodiscard]] std::string text(std::string_view tape) const
    {
        std::string out = std::format("{}|{}|{}|{}|{}|{}|{}|", isLive, rules.deviationBps,
                                      rules.disagreementBps, rules.thinSources, quiet.from,
                                      quiet.to, isLive ? std::string_view{} : tape);
        for (const auto *list : {&feeds, &venues})
            for (const std::string &word : *list)
                out += word + " ";
        return out;
    }
};

OraclePipeline::OraclePipeline(Parts parts) : m_parts(std::move(parts))
{
    connect(&m_parts.database, &Database::stateChanged, this, &OraclePipeline::look);
}

OraclePipeline::~OraclePipeline()
{
    stop();
    QCoreApplication::removePostedEvents(this); // a run on its way must not outlive its parts
}

OraclePipeline::Wish OraclePipeline::wish() const
{
    const Settings &settings = m_parts.settings;
    Wish wanted;
    wanted.isLive = settings.flag("oracle.live");
    wanted.feeds = words(settings.text("oracle.feeds"));
    wanted.venues = words(settings.text("oracle.venues"));
    if (wanted.venues.empty())
        for (const VenueTraits &venue : knownVenues())
            wanted.venues.emplace_back(venue.name);
    wanted.rules.deviationBps = static_cast<double>(settings.number("oracle.deviation_bps"));
    wanted.rules.disagreementBps = static_cast<double>(settings.number("oracle.disagreement_bps"));
    wanted.rules.thinSources = static_cast<int>(settings.number("oracle.thin_sources"));
    wanted.quiet.from = static_cast<int>(settings.number("alerts.quiet_from_hour"));
    wanted.quiet.to = static_cast<int>(settings.number("alerts.quiet_until_hour"));
    wanted.quiet.fromUtc = hereFromUtc;
    return wanted;
}

void OraclePipeline::reconsider()
{
    QMetaObject::invokeMethod(
        this, [this] { look(); }, Qt::QueuedConnection);
}

void OraclePipeline::look()
{
    const auto pool = m_parts.database.pool();
    if (!pool || m_isStopped)
        return;
    if (m_isBusy) {
        m_lookAgain = true;
        return;
    }
    m_isBusy = true;
    begin(wish(), pool);
}

/// On a worker: what is asked for is compared with what runs, and replaced where it differs.
void OraclePipeline::begin(const Wish &wanted, std::shared_ptr<storage::Pool> pool)
{
    m_parts.workers.run(Workers::Kind::Query, [this, wanted, pool] {
        std::string tape;
        if (!wanted.isLive)
            if (auto lease = pool->take())
                tape = tapeName(**lease).value_or(std::string());
        const std::string text = wanted.text(tape);
        const bool isWanted = wanted.isLive || !tape.empty();
        const bool isNew = text != m_running || (isWanted && !run());
        Result<std::shared_ptr<OracleRun>> made = nullptr;
        if (isNew) {
            {
                const std::scoped_lock lock(m_mutex);
                made = std::move(m_run);
                m_run.reset();
            }
            made = nullptr; // the old one ends before the new one begins
            if (isWanted)
                made = make(wanted, pool);
            m_running = text;
        }
        QMetaObject::invokeMethod(
            this,
            [this, made, isNew] {
                m_isBusy = false;
                if (isNew && !m_isStopped) {
                    {
                        const std::scoped_lock lock(m_mutex);
                        m_run = made ? *made : nullptr;
                        m_problem = made ? std::string() : made.error().what;
                    }
                    if (!made)
                        log::error("oracle", "{}", describe(made.error()));
                    Q_EMIT changed({.status = status(), .raised = {}});
                }
                if (std::exchange(m_lookAgain, false))
                    look();
            },
            Qt::QueuedConnection);
    });
}

Result<OracleRun::Parts> OraclePipeline::liveParts(const Wish &wanted)
{
    if (!m_library) {
        auto library = connect::ConnectorLibrary::load(m_parts.venuesFolder);
        if (!library)
            return std::unexpected(library.error());
        m_library = std::move(*library);
    }
    if (!m_http) {
        net::HttpClient::Options options;
        const std::string contact = m_parts.settings.text("sources.contact");
        options.userAgent =
            std::format("Chrona/{}{}{}{}", m_parts.version, contact.empty() ? "" : " (", contact,
                        contact.empty() ? "" : ")");
        options.hostRate = {.perSecond = 5, .burst = 10, .concurrentMax = 2};
        options.waitMax = std::chrono::seconds(5); // a price that waits longer is none
        auto client = net::HttpClient::create(options, net::makeNetworkTransport({}));
        if (!client)
            return std::unexpected(client.error());
        m_http = std::move(*client);
        m_streams = net::makeWebSocketClient(net::AddressPolicy::PublicOnly);
    }
    std::vector<std::string> venues;
    for (const std::string &name : wanted.venues) {
        const auto *entry = m_library->find(name);
        if (entry != nullptr && entry->venue != nullptr)
            venues.push_back(name);
        else
            log::warning("oracle", "there is no venue {}", name);
    }
    auto plan = planFor(wanted.feeds, venues);
    if (!plan)
        return std::unexpected(plan.error());
    OracleRun::Parts parts;
    parts.plan = std::move(*plan);
    parts.mode = ipc::OracleMode::Live;
    parts.venues = m_library.get();
    parts.http = m_http.get();
    parts.streams = m_streams.get();
    return parts;
}

Result<std::shared_ptr<OracleRun>> OraclePipeline::make(const Wish &wanted,
                                                        std::shared_ptr<storage::Pool> pool)
{
    Result<OracleRun::Parts> parts = OracleRun::Parts{};
    if (wanted.isLive) {
        parts = liveParts(wanted);
    } else {
        auto lease = pool->take();
        if (!lease)
            return std::unexpected(lease.error());
        parts = loadTape(**lease);
    }
    if (!parts)
        return std::unexpected(parts.error());
    parts->pool = std::move(pool);
    parts->alerts = AlertBook(wanted.rules, wanted.quiet);
    parts->changed = [this](ipc::OracleChanged news) { tell(std::move(news)); };
    return OracleRun::start(std::move(*parts)).transform([](std::unique_ptr<OracleRun> run) {
        return std::shared_ptr<OracleRun>(std::move(run));
    });
}

void OraclePipeline::tell(ipc::OracleChanged news)
{
    QMetaObject::invokeMethod(
        this, [this, news = std::move(news)] { Q_EMIT changed(news); }, Qt::QueuedConnection);
}

void OraclePipeline::stop()
{
    m_isStopped = true;
    std::shared_ptr<OracleRun> ending;
    const std::scoped_lock lock(m_mutex);
    ending = std::move(m_run);
    m_run.reset();
}

void OraclePipeline::endReplay()
{
    std::shared_ptr<OracleRun> ending;
    const std::scoped_lock lock(m_mutex);
    if (m_run && m_run->mode() == ipc::OracleMode::Replay)
        ending = std::move(m_run);
}

std::shared_ptr<OracleRun> OraclePipeline::run() const
{
    const std::scoped_lock lock(m_mutex);
    return m_run;
}

ipc::OracleStatus OraclePipeline::status() const
{
    if (const auto running = run())
        return running->status(true);
    ipc::OracleStatus off;
    const std::scoped_lock lock(m_mutex);
    off.problem = m_problem;
    return off;
}

ipc::OracleState OraclePipeline::state() const
{
    const auto running = run();
    if (!running)
        return ipc::OracleState::Off;
    const ipc::OracleStatus now = running->status(false);
    if (now.feedsSound == now.feeds)
        return ipc::OracleState::Running;
    return now.rounds.empty() ? ipc::OracleState::Starting : ipc::OracleState::Degraded;
}

/// With the days of the database where it has some: it remembers across restarts.
Result<ipc::OracleVenuesReply> OraclePipeline::venues(storage::Connection &connection) const
{
    ipc::OracleVenuesReply reply;
    const auto running = run();
    if (!running)
        return reply;
    reply.venues = running->venues();
    const Date from = std::chrono::floor<std::chrono::days>(SystemClock().now()) -
                      std::chrono::days(kDaysShown - 1);
    for (ipc::OracleVenueEntry &entry : reply.venues) {
        const auto days = storage::loadVenueDays(connection, entry.venue, from);
        if (!days)
            return std::unexpected(days.error());
        if (days->empty())
            continue;
        entry.days.clear();
        for (const storage::StoredVenueDay &day : *days)
            entry.days.push_back({formatDate(day.day), day.watchedSeconds, day.heardSeconds});
    }
    return reply;
}

Result<ipc::OracleExplainReply> OraclePipeline::explain(storage::Connection &connection,
                                                        const ipc::OracleExplain &asked) const
{
    if (const auto running = run())
        if (auto newest = running->view().newest(asked.feed, asked.at))
            return ipc::OracleExplainReply{std::move(*newest)};
    const auto stored =
        storage::loadOracleAnswer(connection, asked.feed, asked.at.value_or(SystemClock().now()));
    if (!stored)
        return std::unexpected(stored.error());
    if (!*stored)
        return fail(ErrorCode::NotFound,
                    std::format("no answer of {} is kept from then", asked.feed.substr(0, 40)),
                    "chronactl oracle feeds lists the feeds");
    const auto read = readAnswer((*stored)->explanation);
    if (!read)
        return std::unexpected(read.error());
    return ipc::OracleExplainReply{tellAnswer(asked.feed, *read, (*stored)->isSynthetic)};
}

std::vector<ipc::OracleCollectorEntry> OraclePipeline::collectors() const
{
    return {};
}

Status OraclePipeline::addCollector(const ipc::OracleCollectorAdd &)
{
    return fail(ErrorCode::Unavailable, "collectors elsewhere are not served yet");
}

Status OraclePipeline::removeCollector(const std::string &name)
{
    return fail(ErrorCode::NotFound, std::format("there is no collector {}", name.substr(0, 40)));
}

} // namespace chrona::service
