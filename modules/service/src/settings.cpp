// SPDX-License-Identifier: AGPL-3.0-or-later
#include "settings.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::service {
namespace {

constexpr std::int64_t kDayMinutes = 24 * 60;

const SettingSpec kSpecs[] = {
    {"sources.live", false, 0, 0, "ask live sources; off until a person chooses to connect them"},
    {"workstation.first_run_done", false, 0, 0,
     "the person has chosen between the sample world and live sources"},
    {"workstation.events_max", std::int64_t{10'000'000}, 1'000, 60'000'000,
     "newest events that are kept in memory for map, timeline and tables; older: in the database"},
    {"sources.contact", std::string(), 0, 0,
     "an e-mail address for sources that want to know who asks"},
    {"briefing.hour", std::int64_t{7}, 0, 23,
     "hour of this computer's day at which the daily briefing is made"},
    {"briefing.model_words", false, 0, 0,
     "let assist.model say sentences of a briefing in other words: checked against them, marked"},
    {"briefing.model_seconds", std::int64_t{60}, 1, 900,
     "seconds that the model is asked for one briefing or explanation, at most"},
    {"alerts.quiet_from_hour", std::int64_t{22}, 0, 23,
     "hour of this computer's day from which alerts wait; the same as quiet_until_hour: never"},
    {"alerts.quiet_until_hour", std::int64_t{7}, 0, 23,
     "hour of this computer's day until which alerts wait"},
    {"discovery.memory_values", std::int64_t{10'000'000}, 0, 400'000'000,
     "values of all features and days up to which a search has them in memory; above: a file"},
    {"stories.days", std::int64_t{45}, 1, 4'000,
     "days of reports that are kept grouped into stories"},
    {"enrichment.items_per_hour", std::int64_t{2'000}, 0, 1'000'000,
     "reports an hour that costly steps, vectors and models, are spent on"},
    {"enrichment.waiting_max", std::int64_t{2'000}, 0, 1'000'000,
     "reports that may wait for these steps; more are deferred"},
    {"assist.ollama", std::string(), 0, 0,
     "address of Ollama on this machine, http://127.0.0.1:11434; empty: it is not asked"},
    {"assist.model", std::string(), 0, 0,
     "Ollama's model that suggests topics and story lines; empty: none"},
    {"assist.embedding_model", std::string(), 0, 0,
     "Ollama's model that makes vectors of texts; empty: the built-in ones alone"},
    {"assist.cloud", false, 0, 0,
     "ask a cloud's model in place of Ollama's: headlines leave this machine"},
    {"assist.cloud_address", std::string(), 0, 0,
     "https address of a cloud's models, up to /v1; its key: chronactl key add assist-cloud"},
    {"assist.cloud_model", std::string(), 0, 0, "the cloud's model"},
    {"assist.calls_per_hour", std::int64_t{60}, 0, 100'000,
     "questions to a language model in an hour, at most"},
    {"assist.tokens_per_day", std::int64_t{200'000}, 0, 1'000'000'000,
     "tokens of questions and answers in a day, at most"},
    {"assist.relevance_percent", std::int64_t{60}, 0, 100,
     "relevance, in percent, from which a report is worth a question to a language model"},
    {"oracle.live", false, 0, 0,
     "ask trading venues for prices; off until a person chooses to connect them"},
    {"oracle.feeds",
     std::string(
         "BTC/USD ETH/USD XRP/USD SOL/USD FLR/USD DOGE/USD ADA/USD LTC/USD USDT/USD USDC/USD"),
     0, 0, "what the oracle prices, at most 64 pairs"},
    {"oracle.venues", std::string(), 0, 0, "the venues that are asked; empty: all that there are"},
    {"oracle.listen_from", std::string(), 0, 0,
     "VENUE=COLLECTOR, with blanks between: who is believed first; else this computer is"},
    {"oracle.record_ticks", false, 0, 0, "keep every raw tick in files, to be replayed"},
    {"oracle.record_gib", std::int64_t{20}, 1, 100'000,
     "GiB of kept ticks, above which the oldest go"},
    {"oracle.record_days", std::int64_t{30}, 1, 10'000, "days after which kept ticks go"},
    {"oracle.deviation_bps", std::int64_t{50}, 1, 10'000,
     "basis points from the consensus at which an excluded venue is an alert"},
    {"oracle.disagreement_bps", std::int64_t{25}, 1, 10'000,
     "half-width of the confidence band, in basis points, that is an alert"},
    {"oracle.thin_sources", std::int64_t{3}, 0, 60,
     "sound venues of a feed: so few, or fewer, are an alert"},
    {"flare.mode", std::string("off"), 0, 0,
     "what chronactl flare left on: off, watch, rehearse or submit"},
    {"flare.network", std::string("coston2"), 0, 0, "the network that is followed"},
    {"flare.identity", std::string(), 0, 0, "the provider's identity address"},
    {"flare.mainnet", false, 0, 0, "submission to a main network was confirmed"},
    {"flare.rpc", std::string(), 0, 0,
     "addresses of nodes with blanks between; empty: the network's public one"},
    {"flare.this_machine", false, 0, 0, "nodes and value providers on this machine may be asked"},
    {"flare.values", std::string(), 0, 0,
     "whose prices are submitted: oracle (this program's own), or a value provider's address"},
    {"flare.claim_recipient", std::string(), 0, 0,
     "who gets rewards that are claimed by themselves while submitting; empty: none are"},
    {"flare.claim_owners", std::string(), 0, 0,
     "whose rewards, with blanks between; empty: the identity's"},
    {"flare.claim_wrapped", true, 0, 0, "they are paid in the wrapped coin"},
    {"flare.claim_hours", std::int64_t{6}, 1, 720, "hours between two looks at them"},
    {"flare.claim_data", std::string(), 0, 0,
     "where the network's reward data lies, with {network} and {epoch}; empty: only what needs no "
     "proof is claimed"},
    {"flare.reward_data", std::string(), 0, 0,
     "who publishes reward data, with {network} and {epoch} and blanks between: what all publish "
     "alike is signed while submitting; empty: rewards are not signed"},
    {"flare.p_rpc", std::string(), 0, 0,
     "addresses of nodes that serve the P-chain, for validators, with blanks between; empty: those "
     "of flare.rpc"},
    {"flare.passes_data", std::string(), 0, 0,
     "where the network's passes are published, with {network} and {epoch}; empty: they are "
     "counted here"},
    {"flare.provide", false, 0, 0,
     "give the oracle's prices to programs of others as a value provider"},
    {"flare.provide_address", std::string("127.0.0.1"), 0, 0,
     "address on which that listens; another one than this machine's own opens it to the network"},
    {"flare.provide_port", std::int64_t{3'101}, 0, 65'535, "its port; 0: any that is free"},
    {"flare.provide_hosts", std::string(), 0, 0,
     "further names by which it may be asked, such as host.docker.internal, with blanks between"},
    {"flare.host_usd_month", std::int64_t{0}, 0, 100'000,
     "what the machine costs in a month, in dollars, for economics"},
    {"flare.fee_max_milli", std::int64_t{5'000}, 1, 1'000'000,
     "thousandths of the network's coin that one transaction may cost at most"},
    {"tiles.cache_mib", std::int64_t{256}, 1, 100'000,
     "MiB of map tiles of servers that are kept, above which those not looked at longest go"},
    {"tiles.cache_days", std::int64_t{30}, 1, 3'650,
     "days after which a kept tile that its server did not confirm goes"},
    {"network.proxy", std::string(), 0, 0,
     "proxy for all that is asked on the network, http://host:port or socks5://host:port"},
    {"network.ca_file", std::string(), 0, 0,
     "file of certificates in PEM that are trusted beside the system's"},
    {"storage.budget_gib", std::int64_t{0}, 0, 100'000,
     "GiB that the data folder may hold before nothing more is fetched; 0: what the disk has"},
    {"jobs.workers", std::int64_t{2}, 1, 16, "background jobs that run at once"},
    {"maintenance.minutes", std::int64_t{60}, 1, kDayMinutes,
     "minutes between looks at partitions and retention"},
    {"pressure.normalise_lag_seconds", std::int64_t{60}, 1, 86'400,
     "lag behind the raw log above which sources are asked less often"},
    {"pressure.enrichment_depth", std::int64_t{10'000}, 1, 100'000'000,
     "queued enrichments above which new ones are deferred"},
    {"pressure.claim_ms", std::int64_t{250}, 1, 60'000,
     "milliseconds to claim a job above which features and discovery pause"},
    {"pressure.disk_percent_backfill", std::int64_t{10}, 0, 90,
     "free disk, in percent, below which imports and backfills stop"},
    {"pressure.disk_percent_enrichment", std::int64_t{5}, 0, 90,
     "free disk, in percent, below which enrichment stops"},
    {"pressure.disk_percent_acquisition", std::int64_t{2}, 0, 90,
     "free disk, in percent, below which nothing new is fetched"},
    {"pressure.disk_mib_acquisition", std::int64_t{1024}, 0, 1 << 20,
     "free disk, in MiB, below which nothing new is fetched"},
    {"pressure.memory_mib", std::int64_t{1024}, 64, 1 << 20,
     "the service's memory, in MiB, above which it stops reading what clients send"},
};

const SettingSpec *specOf(std::string_view key)
{
    const auto found = std::ranges::find(kSpecs, key, &SettingSpec::key);
    return found == std::end(kSpecs) ? nullptr : &*found;
}

Result<SettingValue> parseFlag(std::string_view key, std::string_view text)
{
    if (text == "true" || text == "on" || text == "yes")
        return true;
    if (text == "false" || text == "off" || text == "no")
        return false;
    return fail(ErrorCode::InvalidInput, std::format("{} must be true or false", key));
}

Result<SettingValue> parseNumber(const SettingSpec &spec, std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < spec.least ||
        number > spec.most)
        return fail(ErrorCode::InvalidInput, std::format("{} must be a whole number from {} to {}",
                                                         spec.key, spec.least, spec.most));
    return number;
}

Result<SettingValue> parseValue(const SettingSpec &spec, std::string_view text)
{
    if (std::holds_alternative<bool>(spec.fallback))
        return parseFlag(spec.key, text);
    if (std::holds_alternative<std::int64_t>(spec.fallback))
        return parseNumber(spec, text);
    constexpr std::size_t kTextBytesMax = 1'000;
    if (text.size() > kTextBytesMax ||
        std::ranges::any_of(text, [](unsigned char c) { return c < 32; }))
        return fail(ErrorCode::InvalidInput, std::format("{} must be one line of at most {} bytes",
                                                         spec.key, kTextBytesMax));
    return std::string(text);
}

std::string toText(const SettingValue &value)
{
    if (const auto *flag = std::get_if<bool>(&value))
        return *flag ? "true" : "false";
    if (const auto *number = std::get_if<std::int64_t>(&value))
        return std::to_string(*number);
    return std::get<std::string>(value);
}

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

std::span<const SettingSpec> settingSpecs()
{
    return kSpecs;
}

Result<std::unique_ptr<Settings>> Settings::open(const std::filesystem::path &file)
{
    std::unique_ptr<Settings> settings(new Settings(file));
    QFile source(toQString(file.string()));
    if (!source.exists())
        return settings;
    if (!source.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Denied, std::format("cannot read {}", file.string()));
    const auto unreadable = [&](std::string_view why) {
        return fail(ErrorCode::Corrupt, std::format("{} cannot be used: {}", file.string(), why),
                    "correct it, or remove it to get the defaults");
    };
    const QJsonDocument document = QJsonDocument::fromJson(source.readAll());
    if (!document.isObject())
        return unreadable("it is not a JSON object");
    const QJsonObject object = document.object();
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        const std::string key = entry.key().toStdString();
        const SettingSpec *spec = specOf(key);
        // What a later version wrote stays unknown to this one, and is no reason not to start.
        if (!spec)
            continue;
        auto value = parseValue(*spec, entry.value().toVariant().toString().toStdString());
        if (!value)
            return unreadable(value.error().what);
        settings->m_values[key] = std::move(*value);
    }
    return settings;
}

SettingValue Settings::valueOf(std::string_view key) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_values.find(key);
    return found == m_values.end() ? specOf(key)->fallback : found->second;
}

bool Settings::flag(std::string_view key) const
{
    return std::get<bool>(valueOf(key));
}

std::int64_t Settings::number(std::string_view key) const
{
    return std::get<std::int64_t>(valueOf(key));
}

std::string Settings::text(std::string_view key) const
{
    return std::get<std::string>(valueOf(key));
}

std::vector<Settings::Entry> Settings::entries() const
{
    std::vector<Entry> all;
    for (const SettingSpec &spec : kSpecs)
        all.push_back({std::string(spec.key), toText(valueOf(spec.key)), toText(spec.fallback),
                       std::string(spec.summary)});
    return all;
}

Status Settings::set(std::string_view key, std::string_view value)
{
    const SettingSpec *spec = specOf(key);
    if (!spec)
        return fail(ErrorCode::NotFound, std::format("there is no setting {}", key),
                    "chronactl config get lists them");
    auto parsed = parseValue(*spec, value);
    if (!parsed)
        return std::unexpected(parsed.error());
    const std::scoped_lock lock(m_mutex);
    auto changed = m_values;
    if (*parsed == spec->fallback)
        changed.erase(std::string(key));
    else
        changed[std::string(key)] = std::move(*parsed);
    if (auto saved = save(changed); !saved)
        return saved;
    m_values = std::move(changed);
    return {};
}

Status Settings::save(const std::map<std::string, SettingValue, std::less<>> &values) const
{
    QJsonObject object;
    for (const auto &[key, value] : values)
        std::visit(
            [&, &name = key](const auto &held) {
                if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::string>)
                    object.insert(toQString(name), toQString(held));
                else if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::int64_t>)
                    object.insert(toQString(name), static_cast<qint64>(held));
                else
                    object.insert(toQString(name), held);
            },
            value);
    QSaveFile file(toQString(m_file.string()));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(object).toJson()) < 0 ||
        !file.commit())
        return fail(ErrorCode::Unavailable, std::format("cannot write {}: {}", m_file.string(),
                                                        file.errorString().toStdString()));
    return {};
}

} // namespace chrona::service
