// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_record.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <format>

namespace chrona::service {
namespace {

constexpr std::uint8_t kRecordVersion = 2; ///< 1 said neither traits nor collectors
constexpr std::size_t kNameBytesMax = 64;
constexpr std::size_t kListMax = 64;

static_assert(std::endian::native == std::endian::little, "records are little-endian");

class Writer {
public:
    explicit Writer(std::string &out) : m_out(out) {}
    template <class T> void number(T value)
    {
        m_out.append(reinterpret_cast<const char *>(&value), sizeof value);
    }
    void name(std::string_view text)
    {
        text = text.substr(0, kNameBytesMax);
        number(static_cast<std::uint8_t>(text.size()));
        m_out += text;
    }

private:
    std::string &m_out;
};

/// Reads what Writer wrote; anything else ends in a failure, whatever the bytes are.
class RecordReader {
public:
    explicit RecordReader(std::string_view bytes) : m_bytes(bytes) {}
    template <class T> T number()
    {
        T value{};
        if (m_bytes.size() < sizeof value) {
            m_isSound = false;
            return value;
        }
        std::memcpy(&value, m_bytes.data(), sizeof value);
        m_bytes.remove_prefix(sizeof value);
        return value;
    }
    template <class Enum> Enum among(Enum last)
    {
        const auto value = number<std::uint8_t>();
        m_isSound = m_isSound && value <= static_cast<std::uint8_t>(last);
        return static_cast<Enum>(value);
    }
    std::string name()
    {
        const std::size_t size = number<std::uint8_t>();
        if (size > kNameBytesMax || size > m_bytes.size()) {
            m_isSound = false;
            return {};
        }
        std::string text(m_bytes.substr(0, size));
        m_bytes.remove_prefix(size);
        return text;
    }
    std::size_t count()
    {
        const std::size_t size = number<std::uint8_t>();
        m_isSound = m_isSound && size <= kListMax;
        return m_isSound ? size : 0;
    }
    [[nodiscard]] bool isSound() const { return m_isSound; }
    [[nodiscard]] bool isAtEnd() const { return m_bytes.empty(); }

private:
    std::string_view m_bytes;
    bool m_isSound = true;
};

/// The doubles of an answer, in the order in which they are written.
template <class Answer, class Do> void eachNumber(Answer &answer, Do what)
{
    for (auto *value : {&answer.price, &answer.confidenceBps, &answer.filteredBps,
                        &answer.volatilityBps, &answer.others.vwap, &answer.others.twap,
                        &answer.others.medianOfLast, &answer.others.weightedMedianOfLast,
                        &answer.others.weightedMedianOfMid, &answer.others.decayingMedianOfLast})
        what(*value);
}

template <class View, class Do> void eachTrait(View &view, Do what)
{
    for (auto *value : {&view.share, &view.halfSpreadBps})
        what(*value);
}

template <class View, class Do> void eachVenueNumber(View &view, Do what)
{
    for (auto *value : {&view.price, &view.weight, &view.deviationBps, &view.basisBps,
                        &view.noiseBps, &view.lagSeconds, &view.latencyMs, &view.frozenEvidence})
        what(*value);
}

/// Messages hold finite numbers only: what there is not is 0.
double told(double value)
{
    return std::isfinite(value) ? value : 0;
}

ipc::OracleVote tellVote(const std::string &venue, const oracle::VenueView &view,
                         std::string collector)
{
    return {.venue = venue,
            .standing = static_cast<ipc::OracleStanding>(view.standing),
            .price = told(view.price),
            .weight = told(view.weight),
            .deviationBps = told(view.deviationBps),
            .basisBps = told(view.basisBps),
            .noiseBps = told(view.noiseBps),
            .lagSeconds = told(view.lagSeconds),
            .latencyMs = told(view.latencyMs),
            .frozenEvidence = told(view.frozenEvidence),
            .ageMs = view.ageMs,
            .share = told(view.share),
            .halfSpreadBps = told(view.halfSpreadBps),
            .collector = std::move(collector)};
}

ipc::OracleAnswer tellFrame(const oracle::Answer &answer)
{
    ipc::OracleAnswer frame;
    frame.at = Instant(std::chrono::milliseconds(answer.atMs));
    frame.state = static_cast<ipc::OracleAnswerState>(answer.state);
    frame.regime = static_cast<ipc::OracleRegime>(answer.regime);
    frame.price = told(answer.price);
    frame.confidenceBps = told(answer.confidenceBps);
    frame.filteredBps = told(answer.filteredBps);
    frame.volatilityBps = told(answer.volatilityBps);
    frame.sources = answer.sources;
    for (const double rate : answer.rates)
        frame.rates.push_back(told(rate));
    frame.vwap = told(answer.others.vwap);
    frame.twap = told(answer.others.twap);
    frame.medianOfLast = told(answer.others.medianOfLast);
    frame.weightedMedianOfLast = told(answer.others.weightedMedianOfLast);
    frame.weightedMedianOfMid = told(answer.others.weightedMedianOfMid);
    frame.decayingMedianOfLast = told(answer.others.decayingMedianOfLast);
    frame.stateHash = std::format("{:016x}", answer.stateHash);
    return frame;
}

} // namespace

void writeAnswer(const oracle::FeedSetup &feed, const oracle::Answer &answer, const Ears &ears,
                 std::string &out)
{
    Writer writer(out);
    writer.number(kRecordVersion);
    writer.number(answer.atMs);
    writer.number(static_cast<std::uint8_t>(answer.state));
    writer.number(static_cast<std::uint8_t>(answer.regime));
    writer.number(static_cast<std::int32_t>(answer.sources));
    writer.number(answer.stateHash);
    eachNumber(answer, [&](double value) { writer.number(value); });
    writer.number(static_cast<std::uint8_t>(answer.rates.size()));
    for (std::size_t c = 0; c < answer.rates.size(); ++c) {
        writer.name(feed.currencies[c]);
        writer.number(answer.rates[c]);
    }
    writer.number(static_cast<std::uint8_t>(answer.venues.size()));
    for (std::size_t v = 0; v < answer.venues.size(); ++v) {
        const oracle::VenueView &view = answer.venues[v];
        writer.name(feed.venues[v].name);
        writer.number(static_cast<std::uint8_t>(view.standing));
        writer.number(view.ageMs);
        eachVenueNumber(view, [&](double value) { writer.number(value); });
        eachTrait(view, [&](double value) { writer.number(value); });
        writer.name(ears.of(v));
    }
}

Result<ReadAnswer> readAnswer(std::string_view bytes)
{
    RecordReader reader(bytes);
    ReadAnswer read;
    oracle::Answer &answer = read.answer;
    const auto version = reader.number<std::uint8_t>();
    const bool isKnown = version == 1 || version == kRecordVersion;
    answer.atMs = reader.number<std::int64_t>();
    answer.state = reader.among(oracle::AnswerState::None);
    answer.regime = reader.among(oracle::MarketRegime::Depeg);
    answer.sources = reader.number<std::int32_t>();
    answer.stateHash = reader.number<std::uint64_t>();
    eachNumber(answer, [&](double &value) { value = reader.number<double>(); });
    for (std::size_t left = reader.count(); left > 0; --left) {
        read.currencies.push_back(reader.name());
        answer.rates.push_back(reader.number<double>());
    }
    for (std::size_t left = reader.count(); left > 0; --left) {
        read.venues.push_back(reader.name());
        oracle::VenueView &view = answer.venues.emplace_back();
        view.standing = reader.among(oracle::VenueStanding::Frozen);
        view.ageMs = reader.number<std::int64_t>();
        eachVenueNumber(view, [&](double &value) { value = reader.number<double>(); });
        if (version >= 2)
            eachTrait(view, [&](double &value) { value = reader.number<double>(); });
        read.collectors.push_back(version >= 2 ? reader.name() : std::string());
    }
    if (!isKnown || !reader.isSound() || !reader.isAtEnd())
        return fail(ErrorCode::Corrupt, "the stored explanation cannot be read");
    return read;
}

ipc::OracleAnswer tellAnswer(const std::string &feed, const ReadAnswer &read, bool isSynthetic)
{
    ipc::OracleAnswer answered = tellFrame(read.answer);
    answered.feed = feed;
    answered.currencies = read.currencies;
    answered.synthetic = isSynthetic;
    for (std::size_t v = 0; v < read.venues.size(); ++v)
        answered.votes.push_back(
            tellVote(read.venues[v], read.answer.venues[v], read.collectors[v]));
    return answered;
}

ipc::OracleAnswer tellAnswer(const oracle::FeedSetup &feed, const oracle::Answer &answer,
                             const Ears &ears, bool isSynthetic)
{
    ipc::OracleAnswer answered = tellFrame(answer);
    answered.feed = feed.name;
    answered.currencies = feed.currencies;
    answered.synthetic = isSynthetic;
    for (std::size_t v = 0; v < answer.venues.size(); ++v)
        answered.votes.push_back(
            tellVote(feed.venues[v].name, answer.venues[v], std::string(ears.of(v))));
    return answered;
}

} // namespace chrona::service
