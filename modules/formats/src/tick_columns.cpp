// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tick_columns.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <unordered_map>

namespace chrona::formats {
namespace {

static_assert(std::endian::native == std::endian::little, "columns are little-endian");

constexpr std::size_t kColumns = 8; ///< flags, collector, market, at, heard, stated, tags, numbers
constexpr std::size_t kNumbers = 5;
constexpr int kDecimalsMax = 15;
constexpr std::int64_t kMantissaMax = std::int64_t{1} << 53;
/// Beside 0 to 15, the decimals of a number that is told by its difference from the one before.
constexpr std::uint8_t kSame = 0xFE, kRaw = 0xFF;
constexpr std::array<double, kDecimalsMax + 1> kPowers{
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

using Columns = std::array<std::string, kColumns>;

void putVarint(std::string &out, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        out += static_cast<char>(value | 0x80);
    out += static_cast<char>(value);
}

std::uint64_t zigzag(std::int64_t value)
{
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}

std::int64_t unzigzag(std::uint64_t value)
{
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

/// Differences wrap round, so that any two numbers have one.
std::int64_t minus(std::int64_t a, std::int64_t b)
{
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}

std::int64_t plus(std::int64_t a, std::int64_t b)
{
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

/// Reads one column; anything that is not there makes it unsound.
class PackedColumn {
public:
    explicit PackedColumn(std::string_view bytes) : m_bytes(bytes) {}
    std::uint8_t byte()
    {
        if (m_bytes.empty()) {
            isSound = false;
            return 0;
        }
        const auto value = static_cast<std::uint8_t>(m_bytes.front());
        m_bytes.remove_prefix(1);
        return value;
    }
    std::uint64_t varint()
    {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const std::uint8_t part = byte();
            value |= static_cast<std::uint64_t>(part & 0x7F) << shift;
            if ((part & 0x80) == 0)
                return value;
        }
        isSound = false;
        return value;
    }
    template <class T> T raw()
    {
        T value{};
        if (m_bytes.size() < sizeof value) {
            isSound = false;
            return value;
        }
        std::memcpy(&value, m_bytes.data(), sizeof value);
        m_bytes.remove_prefix(sizeof value);
        return value;
    }
    [[nodiscard]] bool isRead() const { return isSound && m_bytes.empty(); }
    bool isSound = true;

private:
    std::string_view m_bytes;
};

/// What a market's number was last.
struct Before {
    double value = 0;
    std::int64_t mantissa = 0;
    std::uint8_t decimals = 0;
};
using Memory = std::unordered_map<std::uint32_t, std::array<Before, kNumbers>>;

bool isSameBits(double a, double b)
{
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

double fromDecimal(std::int64_t mantissa, std::uint8_t decimals)
{
    return static_cast<double>(mantissa) / kPowers[decimals];
}

/// The fewest decimals, from those of the number before on, with which a number can be written.
bool asDecimal(double value, std::uint8_t from, Before &found)
{
    for (std::uint8_t tried = 0; tried <= kDecimalsMax; ++tried) {
        const auto decimals = static_cast<std::uint8_t>((from + tried) % (kDecimalsMax + 1));
        const double scaled = value * kPowers[decimals];
        if (!(std::abs(scaled) < static_cast<double>(kMantissaMax)))
            continue;
        const auto mantissa = static_cast<std::int64_t>(std::llround(scaled));
        if (isSameBits(fromDecimal(mantissa, decimals), value)) {
            found = {value, mantissa, decimals};
            return true;
        }
    }
    return false;
}

void putNumber(double value, Before &before, std::string &tags, std::string &numbers)
{
    if (isSameBits(value, before.value)) {
        tags += static_cast<char>(kSame);
        return;
    }
    Before now;
    if (!asDecimal(value, before.decimals, now)) {
        tags += static_cast<char>(kRaw);
        numbers.append(reinterpret_cast<const char *>(&value), sizeof value);
        before.value = value;
        return;
    }
    const std::int64_t last = now.decimals == before.decimals ? before.mantissa : 0;
    tags += static_cast<char>(now.decimals);
    putVarint(numbers, zigzag(minus(now.mantissa, last)));
    before = now;
}

double takeNumber(Before &before, PackedColumn &tags, PackedColumn &numbers)
{
    const std::uint8_t tag = tags.byte();
    if (tag == kSame)
        return before.value;
    if (tag == kRaw)
        return before.value = numbers.raw<double>();
    if (tag > kDecimalsMax) {
        tags.isSound = false;
        return 0;
    }
    const std::int64_t last = tag == before.decimals ? before.mantissa : 0;
    const std::int64_t mantissa = plus(last, unzigzag(numbers.varint()));
    before = {fromDecimal(mantissa, tag), mantissa, tag};
    return before.value;
}

template <class Record> auto numbersOf(Record &record)
{
    return std::array{&record.bid, &record.ask, &record.last, &record.size, &record.volume24h};
}

} // namespace

std::string tickColumns(std::span<const TickRecord> records)
{
    Columns columns;
    Memory memory;
    std::int64_t at = 0;
    for (const TickRecord &record : records) {
        columns[0] +=
            static_cast<char>(static_cast<unsigned>(record.kind) | (record.isPolled ? 0x10U : 0U));
        columns[1] += static_cast<char>(record.collector);
        putVarint(columns[2], record.market);
        putVarint(columns[3], zigzag(minus(record.atMs, at)));
        putVarint(columns[4], zigzag(minus(record.atMs, record.heardMs)));
        putVarint(columns[5], zigzag(minus(record.atMs, record.statedMs)));
        at = record.atMs;
        auto &before = memory[record.market];
        const auto numbers = numbersOf(record);
        for (std::size_t i = 0; i < kNumbers; ++i)
            putNumber(*numbers[i], before[i], columns[6], columns[7]);
    }
    std::string out;
    for (const std::string &column : columns) {
        putVarint(out, column.size());
        out += column;
    }
    return out;
}

bool readTickColumns(std::string_view bytes, std::size_t count, std::vector<TickRecord> &records)
{
    std::vector<PackedColumn> columns;
    for (std::size_t i = 0; i < kColumns; ++i) {
        std::size_t sizeBytes = 0;
        while (sizeBytes < bytes.size() && (bytes[sizeBytes] & '\x80') != 0)
            ++sizeBytes;
        PackedColumn head(bytes.substr(0, sizeBytes + 1));
        const std::uint64_t size = head.varint();
        if (!head.isRead() || size > bytes.size() - sizeBytes - 1)
            return false;
        columns.emplace_back(bytes.substr(sizeBytes + 1, size));
        bytes.remove_prefix(sizeBytes + 1 + size);
    }
    Memory memory;
    std::int64_t at = 0;
    records.clear();
    for (std::size_t i = 0; i < count; ++i) {
        TickRecord record;
        const std::uint8_t flags = columns[0].byte();
        if (!columns[0].isSound || (flags & 0xEF) > 3)
            return false;
        record.kind = static_cast<TickRecord::Kind>(flags & 0x0F);
        record.isPolled = (flags & 0x10) != 0;
        record.collector = columns[1].byte();
        record.market = static_cast<std::uint32_t>(columns[2].varint());
        record.atMs = at = plus(at, unzigzag(columns[3].varint()));
        record.heardMs = minus(at, unzigzag(columns[4].varint()));
        record.statedMs = minus(at, unzigzag(columns[5].varint()));
        auto &before = memory[record.market];
        const auto numbers = numbersOf(record);
        for (std::size_t n = 0; n < kNumbers; ++n)
            *numbers[n] = takeNumber(before[n], columns[6], columns[7]);
        records.push_back(record);
    }
    for (const PackedColumn &column : columns)
        if (!column.isRead())
            return false;
    return bytes.empty();
}

} // namespace chrona::formats
