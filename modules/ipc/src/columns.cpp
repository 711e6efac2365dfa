// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ipc/columns.h"

#include <QtEndian>

#include <bit>
#include <cstring>
#include <format>
#include <tuple>

namespace chrona::ipc {
namespace {

static_assert(std::endian::native == std::endian::little,
              "blocks are copied as they are; a big-endian machine would have to swap");

template <class Owner, class Value> struct Column {
    std::string_view name;
    std::vector<Value> Owner::*member;
};
template <class Owner, class Value>
constexpr Column<Owner, Value> column(std::string_view name, std::vector<Value> Owner::*member)
{
    return {name, member};
}

template <class Owner> struct ColumnsOf;

template <> struct ColumnsOf<schema::EventColumns> {
    using T = schema::EventColumns;
    static constexpr std::tuple list{
        column("id", &T::id),
        column("observed_at", &T::observedAt),
        column("available_at", &T::availableAt),
        column("longitude", &T::longitude),
        column("latitude", &T::latitude),
        column("type", &T::type),
        column("severity", &T::severity),
        column("confidence", &T::confidence),
        column("flags", &T::flags),
        column("source", &T::source),
        column("region", &T::region),
    };
};

template <> struct ColumnsOf<BarColumns> {
    using T = BarColumns;
    static constexpr std::tuple list{
        column("opens_at", &T::opensAt),
        column("observed_at", &T::observedAt),
        column("available_at", &T::availableAt),
        column("open", &T::open),
        column("high", &T::high),
        column("low", &T::low),
        column("close", &T::close),
        column("volume", &T::volume),
        column("adjusted_close", &T::adjustedClose),
    };
};

template <> struct ColumnsOf<ObservationColumns> {
    using T = ObservationColumns;
    static constexpr std::tuple list{
        column("series", &T::series),
        column("observed_at", &T::observedAt),
        column("available_at", &T::availableAt),
        column("basis", &T::basis),
        column("value", &T::value),
    };
};

template <> struct ColumnsOf<EventIdColumns> {
    static constexpr std::tuple list{column("id", &EventIdColumns::id)};
};

template <> struct ColumnsOf<TitleRankColumns> {
    static constexpr std::tuple list{
        column("id", &TitleRankColumns::id),
        column("rank", &TitleRankColumns::rank),
    };
};

template <> struct ColumnsOf<GraphEdgeColumns> {
    using T = GraphEdgeColumns;
    static constexpr std::tuple list{
        column("from", &T::from),         column("to", &T::to),       column("type", &T::type),
        column("weight", &T::weight),     column("begin", &T::begin), column("end", &T::end),
        column("evidence", &T::evidence),
    };
};

template <class Value> constexpr std::uint8_t kTypeOf = 0;
template <> constexpr std::uint8_t kTypeOf<std::uint8_t> = 1;
template <> constexpr std::uint8_t kTypeOf<std::uint16_t> = 2;
template <> constexpr std::uint8_t kTypeOf<std::int64_t> = 3;
template <> constexpr std::uint8_t kTypeOf<float> = 4;
template <> constexpr std::uint8_t kTypeOf<double> = 5;
template <> constexpr std::uint8_t kTypeOf<std::uint32_t> = 6;
constexpr std::size_t kTypeSizes[] = {0, 1, 2, 8, 4, 8, 4};

constexpr std::size_t kBlockHeaderBytes = 16;
constexpr std::size_t kBlockColumnsMax = 64;

constexpr std::size_t padded(std::size_t bytes)
{
    return (bytes + 7) & ~std::size_t{7};
}

template <class Columns, class Operation> void forEach(Operation operation)
{
    std::apply([&](const auto &...columns) { (operation(columns), ...); },
               ColumnsOf<Columns>::list);
}

template <class Columns> constexpr std::size_t columnCount()
{
    return std::tuple_size_v<decltype(ColumnsOf<Columns>::list)>;
}

Error corrupt(std::string what)
{
    return {ErrorCode::Corrupt, std::move(what)};
}

/// One column as the sender describes it, with its bytes checked to be there.
struct Described {
    std::string_view name;
    std::uint8_t type = 0;
    const std::byte *data = nullptr;
};

struct Block {
    std::uint64_t firstRow = 0;
    std::uint32_t rows = 0;
    std::vector<Described> columns;
};

/// Reads the descriptors; `offset` ends behind them.
Result<std::vector<Described>> describedColumns(std::span<const std::byte> bytes, std::size_t count,
                                                std::size_t &offset)
{
    std::vector<Described> columns;
    columns.reserve(count);
    for (std::size_t index = 0; index < count; ++index) {
        if (bytes.size() - offset < 2)
            return std::unexpected(corrupt("a block of columns ends in its descriptors"));
        const auto type = std::to_integer<std::uint8_t>(bytes[offset]);
        const auto length = std::to_integer<std::size_t>(bytes[offset + 1]);
        offset += 2;
        if (bytes.size() - offset < length)
            return std::unexpected(corrupt("a block of columns ends in a name"));
        if (type == 0 || type >= std::size(kTypeSizes))
            return std::unexpected(corrupt(std::format("a column of unknown type {}", type)));
        columns.push_back({{reinterpret_cast<const char *>(bytes.data() + offset), length}, type});
        offset += length;
    }
    offset = padded(offset);
    return columns;
}

Result<Block> readBlock(std::span<const std::byte> bytes)
{
    if (bytes.size() < kBlockHeaderBytes || bytes.size() > kBlockBytesMax)
        return std::unexpected(
            corrupt(std::format("a block of columns of {} bytes", bytes.size())));
    Block block;
    block.firstRow = qFromLittleEndian<quint64>(bytes.data());
    block.rows = qFromLittleEndian<quint32>(bytes.data() + 8);
    const std::size_t count = qFromLittleEndian<quint16>(bytes.data() + 12);
    if (count > kBlockColumnsMax)
        return std::unexpected(corrupt(std::format("a block of {} columns", count)));
    std::size_t offset = kBlockHeaderBytes;
    auto columns = describedColumns(bytes, count, offset);
    if (!columns)
        return std::unexpected(std::move(columns.error()));
    for (Described &described : *columns) {
        // rows is 32 bits and a value at most 8 bytes, so that this cannot overflow.
        const std::size_t size = block.rows * kTypeSizes[described.type];
        if (offset > bytes.size() || bytes.size() - offset < size)
            return std::unexpected(corrupt("a block of columns is shorter than its rows"));
        described.data = bytes.data() + offset;
        offset += padded(size);
    }
    block.columns = std::move(*columns);
    return block;
}

/// Where each column of Columns is in the block.
template <class Columns>
Result<std::array<const std::byte *, columnCount<Columns>()>> locate(const Block &block)
{
    std::array<const std::byte *, columnCount<Columns>()> places{};
    std::size_t index = 0;
    std::string missing;
    forEach<Columns>([&]<class Value>(const Column<Columns, Value> &wanted) {
        const auto found = std::ranges::find(block.columns, wanted.name, &Described::name);
        if (found != block.columns.end() && found->type == kTypeOf<Value>)
            places[index] = found->data;
        else
            missing = wanted.name;
        ++index;
    });
    if (!missing.empty())
        return std::unexpected(corrupt(std::format("a block without the column {}", missing)));
    return places;
}

} // namespace

template <class Columns> std::size_t rowCount(const Columns &columns)
{
    return (columns.*std::get<0>(ColumnsOf<Columns>::list).member).size();
}

template <class Columns> std::size_t bytesPerRow()
{
    std::size_t bytes = 0;
    forEach<Columns>([&]<class Value>(const Column<Columns, Value> &) { bytes += sizeof(Value); });
    return bytes;
}

template <class Columns> bool sameLength(const Columns &columns)
{
    bool same = true;
    forEach<Columns>([&](const auto &each) {
        same = same && (columns.*each.member).size() == rowCount(columns);
    });
    return same;
}

template <class Columns> void reserveRows(Columns &columns, std::size_t rows)
{
    forEach<Columns>([&](const auto &each) { (columns.*each.member).reserve(rows); });
}

template <class Columns> QByteArray encodeBlock(const Columns &columns, RowRange range)
{
    Q_ASSERT(range.first + range.count <= rowCount(columns) && sameLength(columns));
    std::size_t described = kBlockHeaderBytes;
    std::size_t arrays = 0;
    forEach<Columns>([&]<class Value>(const Column<Columns, Value> &each) {
        described += 2 + each.name.size();
        arrays += padded(range.count * sizeof(Value));
    });
    QByteArray out(static_cast<qsizetype>(padded(described) + arrays), '\0');
    char *at = out.data();
    qToLittleEndian(static_cast<quint64>(range.first), at);
    qToLittleEndian(static_cast<quint32>(range.count), at + 8);
    qToLittleEndian(static_cast<quint16>(columnCount<Columns>()), at + 12);
    at += kBlockHeaderBytes;
    forEach<Columns>([&]<class Value>(const Column<Columns, Value> &each) {
        *at++ = static_cast<char>(kTypeOf<Value>);
        *at++ = static_cast<char>(each.name.size());
        at = std::ranges::copy(each.name, at).out;
    });
    at = out.data() + padded(described);
    forEach<Columns>([&]<class Value>(const Column<Columns, Value> &each) {
        if (range.count > 0)
            std::memcpy(at, (columns.*each.member).data() + range.first,
                        range.count * sizeof(Value));
        at += padded(range.count * sizeof(Value));
    });
    return out;
}

template <class Columns> Status appendBlock(Columns &columns, std::span<const std::byte> bytes)
{
    const auto block = readBlock(bytes);
    if (!block)
        return std::unexpected(block.error());
    const auto places = locate<Columns>(*block);
    if (!places)
        return std::unexpected(places.error());
    const std::size_t have = rowCount(columns);
    if (block->firstRow != have || have + block->rows > kRowsMax)
        return std::unexpected(
            corrupt(std::format("a block that begins at row {} of {}", block->firstRow, have)));
    std::size_t index = 0;
    forEach<Columns>([&]<class Value>(const Column<Columns, Value> &each) {
        auto &values = columns.*each.member;
        const std::size_t size = block->rows * sizeof(Value);
        values.resize(have + block->rows);
        if (size > 0)
            std::memcpy(values.data() + have, (*places)[index], size);
        ++index;
    });
    return {};
}

#define CHRONA_COLUMNS(Columns)                                                                    \
    template std::size_t rowCount(const Columns &);                                                \
    template std::size_t bytesPerRow<Columns>();                                                   \
    template bool sameLength(const Columns &);                                                     \
    template void reserveRows(Columns &, std::size_t);                                             \
    template QByteArray encodeBlock(const Columns &, RowRange);                                    \
    template Status appendBlock(Columns &, std::span<const std::byte>);
CHRONA_COLUMNS(schema::EventColumns)
CHRONA_COLUMNS(BarColumns)
CHRONA_COLUMNS(ObservationColumns)
CHRONA_COLUMNS(EventIdColumns)
CHRONA_COLUMNS(TitleRankColumns)
CHRONA_COLUMNS(GraphEdgeColumns)
#undef CHRONA_COLUMNS

} // namespace chrona::ipc
