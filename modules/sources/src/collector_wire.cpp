// SPDX-License-Identifier: AGPL-3.0-or-later
#include "collector_wire.h"

#include "chrona/formats/tick_segment.h"

#include <bit>
#include <cmath>
#include <cstring>

namespace chrona::sources::wire {
namespace {

static_assert(std::endian::native == std::endian::little, "messages are little-endian");

constexpr std::size_t kTextBytesMax = 1'000;
constexpr std::size_t kVenuesMax = 256, kMarketsMax = 4'096, kDaysMax = 32, kLinksMax = 64;

/// Goes over the parts of a message and appends their bytes.
class Putter {
public:
    explicit Putter(std::string &out) : m_out(out) {}
    template <class T>
        requires std::is_arithmetic_v<T> || std::is_enum_v<T>
    void part(const T &value)
    {
        m_out.append(reinterpret_cast<const char *>(&value), sizeof value);
    }
    void part(const std::string &text)
    {
        const std::string_view some = std::string_view(text).substr(0, kTextBytesMax);
        part(static_cast<std::uint16_t>(some.size()));
        m_out += some;
    }
    void part(const Instant &at) { part(at.time_since_epoch().count()); }
    void part(const std::optional<Instant> &at)
    {
        part(at ? at->time_since_epoch().count() : std::int64_t{0});
    }
    void part(const std::optional<Duration> &span)
    {
        part(span.has_value());
        part(span.value_or(Duration{0}).count());
    }
    void part(const Date &day) { part(day.time_since_epoch().count()); }
    template <class T, class Each>
    void list(const std::vector<T> &items, std::size_t most, Each each)
    {
        const std::size_t count = std::min(items.size(), most);
        part(static_cast<std::uint16_t>(count));
        for (std::size_t i = 0; i < count; ++i)
            each(*this, items[i]);
    }

private:
    std::string &m_out;
};

/// Goes over the same parts and reads them; what is not there makes it unsound.
class Taker {
public:
    explicit Taker(std::string_view bytes) : m_bytes(bytes) {}
    template <class T>
        requires std::is_arithmetic_v<T> || std::is_enum_v<T>
    void part(T &value)
    {
        if (m_bytes.size() < sizeof value) {
            m_isSound = false;
            return;
        }
        std::memcpy(&value, m_bytes.data(), sizeof value);
        m_bytes.remove_prefix(sizeof value);
    }
    void part(bool &value)
    {
        std::uint8_t byte = 0;
        part(byte);
        value = byte != 0;
    }
    void part(VenueState &state)
    {
        std::uint8_t byte = 0;
        part(byte);
        m_isSound = m_isSound && byte <= static_cast<std::uint8_t>(VenueState::Blocked);
        state = m_isSound ? static_cast<VenueState>(byte) : VenueState::Silent;
    }
    void part(double &value)
    {
        std::uint64_t bits = 0;
        part(bits);
        value = std::bit_cast<double>(bits);
        m_isSound = m_isSound && std::isfinite(value);
    }
    void part(std::string &text)
    {
        std::uint16_t size = 0;
        part(size);
        if (size > kTextBytesMax || size > m_bytes.size()) {
            m_isSound = false;
            return;
        }
        text = m_bytes.substr(0, size);
        m_bytes.remove_prefix(size);
    }
    void part(Instant &at)
    {
        std::int64_t count = 0;
        part(count);
        at = Instant(Duration(count));
    }
    void part(std::optional<Instant> &at)
    {
        Instant moment;
        part(moment);
        at = moment == Instant{} ? std::nullopt : std::optional(moment);
    }
    void part(std::optional<Duration> &span)
    {
        bool isThere = false;
        std::int64_t count = 0;
        part(isThere);
        part(count);
        span = isThere ? std::optional(Duration(count)) : std::nullopt;
    }
    void part(Date &day)
    {
        Date::rep count = 0;
        part(count);
        day = Date(Date::duration(count));
    }
    template <class T, class Each> void list(std::vector<T> &items, std::size_t most, Each each)
    {
        std::uint16_t count = 0;
        part(count);
        m_isSound = m_isSound && count <= most;
        for (std::uint16_t i = 0; m_isSound && i < count; ++i)
            each(*this, items.emplace_back());
    }
    [[nodiscard]] std::string_view rest() { return std::exchange(m_bytes, {}); }
    [[nodiscard]] bool isRead() const { return m_isSound && m_bytes.empty(); }
    [[nodiscard]] bool isSound() const { return m_isSound; }

private:
    std::string_view m_bytes;
    bool m_isSound = true;
};

// The parts of each message, in the order in which they are sent; one list for both directions.

template <class To, class Of> void hello(To &to, Of &message)
{
    to.part(message.wireVersion);
    to.part(message.version);
    to.part(message.session);
}

template <class To, class Of> void assignment(To &to, Of &message)
{
    to.part(message.session);
    to.part(message.receivedThrough);
    to.list(message.venues, kVenuesMax, [](auto &each, auto &venue) {
        each.part(venue.venue);
        each.list(venue.markets, kMarketsMax, [](auto &some, auto &market) {
            some.part(market.base);
            some.part(market.quote);
        });
    });
}

template <class To, class Of> void connection(To &to, Of &link)
{
    to.part(link.state);
    to.part(link.since);
    to.part(link.heardAt);
    to.part(link.latencyMs);
    for (auto *number : {&link.rows, &link.connects, &link.failures})
        to.part(*number);
    to.part(link.marketsAsked);
    to.part(link.marketsHeard);
    to.part(link.detail);
}

template <class To, class Of> void venueHealth(To &to, Of &health)
{
    to.part(health.state);
    to.part(health.since);
    to.part(health.until);
    to.part(health.heardAt);
    to.part(health.latencyMs);
    to.part(health.clockOffset);
    for (auto *number : {&health.rows, &health.rejected, &health.duplicates, &health.gaps,
                         &health.doubtfulStamps, &health.connects, &health.polls,
                         &health.failures})
        to.part(*number);
    for (auto *number : {&health.failuresInRow, &health.marketsAsked, &health.marketsHeard,
                         &health.marketsOff})
        to.part(*number);
    to.part(health.detail);
    to.list(health.days, kDaysMax, [](auto &each, auto &day) {
        each.part(day.day);
        each.part(day.watchedSeconds);
        each.part(day.heardSeconds);
    });
    to.list(health.connections, kLinksMax, [](auto &each, auto &link) { connection(each, link); });
}

template <class To, class Of> void healthParts(To &to, Of &message)
{
    to.part(message.lostRows);
    to.list(message.venues, kVenuesMax, [](auto &each, auto &venue) { venueHealth(each, venue); });
}

formats::TickRecord recordOf(const VenueRow &row)
{
    return {.isPolled = row.isPolled,
            .collector = static_cast<std::uint8_t>(row.isOwnStamp ? 1 : 0),
            .market = row.market,
            .atMs = row.receivedMs,
            .heardMs = row.receivedMs,
            .statedMs = row.exchangeMs,
            .bid = row.bid,
            .ask = row.ask,
            .last = row.last,
            .size = row.size,
            .volume24h = row.volume24h};
}

VenueRow rowOf(const formats::TickRecord &record)
{
    return {.receivedMs = record.atMs,
            .exchangeMs = record.statedMs,
            .market = record.market,
            .isPolled = record.isPolled,
            .isOwnStamp = record.collector != 0,
            .bid = record.bid,
            .ask = record.ask,
            .last = record.last,
            .size = record.size,
            .volume24h = record.volume24h};
}

struct Encode {
    std::string &out;
    void operator()(const Hello &message) const
    {
        Putter to(out);
        hello(to, message);
    }
    void operator()(const Ping &message) const { Putter(out).part(message.sentUs); }
    void operator()(const Pong &message) const
    {
        Putter to(out);
        to.part(message.sentUs);
        to.part(message.heardUs);
    }
    void operator()(const Assignment &message) const
    {
        Putter to(out);
        assignment(to, message);
    }
    void operator()(const Rows &message) const
    {
        Putter to(out);
        to.part(message.sequence);
        to.part(message.venue);
        std::vector<formats::TickRecord> records;
        for (const VenueRow &row : message.rows)
            records.push_back(recordOf(row));
        out += formats::tickBlock(records);
    }
    void operator()(const Received &message) const { Putter(out).part(message.through); }
    void operator()(const Health &message) const
    {
        Putter to(out);
        healthParts(to, message);
    }
};

struct Decode {
    Taker &from;
    bool operator()(Hello &message) const
    {
        hello(from, message);
        return from.isRead();
    }
    bool operator()(Ping &message) const
    {
        from.part(message.sentUs);
        return from.isRead();
    }
    bool operator()(Pong &message) const
    {
        from.part(message.sentUs);
        from.part(message.heardUs);
        return from.isRead();
    }
    bool operator()(Assignment &message) const
    {
        assignment(from, message);
        return from.isRead();
    }
    bool operator()(Rows &message) const
    {
        from.part(message.sequence);
        from.part(message.venue);
        std::vector<formats::TickRecord> records;
        if (!from.isSound() || !formats::readTickBlock(from.rest(), records))
            return false;
        for (const formats::TickRecord &record : records)
            message.rows.push_back(rowOf(record));
        return true;
    }
    bool operator()(Received &message) const
    {
        from.part(message.through);
        return from.isRead();
    }
    bool operator()(Health &message) const
    {
        healthParts(from, message);
        return from.isRead();
    }
};

template <std::size_t Index = 0> Message blank(std::size_t kind)
{
    if constexpr (Index + 1 < std::variant_size_v<Message>)
        return kind == Index ? Message(std::in_place_index<Index>) : blank<Index + 1>(kind);
    else
        return Message(std::in_place_index<Index>);
}

} // namespace

std::string encode(const Message &message)
{
    std::string out(1, static_cast<char>(message.index()));
    std::visit(Encode{out}, message);
    return out;
}

Result<Message> decode(std::string_view bytes)
{
    const std::size_t kind =
        bytes.empty() ? std::variant_size_v<Message> : static_cast<unsigned char>(bytes.front());
    if (kind < std::variant_size_v<Message>) {
        Message message = blank(kind);
        Taker from(bytes.substr(1));
        if (std::visit(Decode{from}, message))
            return message;
    }
    return fail(ErrorCode::Corrupt, "the collector's message cannot be read");
}

} // namespace chrona::sources::wire
