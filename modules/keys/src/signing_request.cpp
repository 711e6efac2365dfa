// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/signing_request.h"

#include <algorithm>
#include <array>

namespace chrona::keys {
namespace {

using ethereum::Bytes;
using ethereum::ByteView;

/// Big-endian numbers, byte strings and lists with their length in front. One list of fields serves
/// both directions.
class Writer {
public:
    void operator()(bool value) { m_bytes.push_back(value ? 1 : 0); }
    void operator()(std::uint8_t value) { m_bytes.push_back(value); }
    void operator()(std::uint32_t value) { number(value, 4); }
    void operator()(std::uint64_t value) { number(value, 8); }
    void operator()(const Bytes &value)
    {
        (*this)(static_cast<std::uint32_t>(value.size()));
        m_bytes.insert(m_bytes.end(), value.begin(), value.end());
    }
    void operator()(const std::string &value) { (*this)(Bytes(value.begin(), value.end())); }
    template <std::size_t Size> void operator()(const std::array<std::uint8_t, Size> &value)
    {
        m_bytes.insert(m_bytes.end(), value.begin(), value.end());
    }
    template <class Item> void operator()(const std::vector<Item> &list)
    {
        (*this)(static_cast<std::uint32_t>(list.size()));
        for (const Item &item : list)
            fields(*this, item);
    }
    [[nodiscard]] Bytes take() { return std::move(m_bytes); }

private:
    void number(std::uint64_t value, int size)
    {
        for (int byte = size; byte-- > 0;)
            m_bytes.push_back(static_cast<std::uint8_t>(value >> (8 * byte)));
    }
    Bytes m_bytes;
};

class Reader {
public:
    explicit Reader(ByteView bytes) : m_rest(bytes) {}

    void operator()(bool &value)
    {
        const std::uint64_t read = number(1);
        m_sound = m_sound && read <= 1;
        value = read == 1;
    }
    void operator()(std::uint8_t &value) { value = static_cast<std::uint8_t>(number(1)); }
    void operator()(std::uint32_t &value) { value = static_cast<std::uint32_t>(number(4)); }
    void operator()(std::uint64_t &value) { value = number(8); }
    void operator()(Bytes &value)
    {
        const ByteView read = take(number(4));
        value.assign(read.begin(), read.end());
    }
    void operator()(std::string &value)
    {
        const ByteView read = take(number(4));
        value.assign(read.begin(), read.end());
    }
    template <std::size_t Size> void operator()(std::array<std::uint8_t, Size> &value)
    {
        std::ranges::copy(take(Size), value.begin());
    }
    template <class Item> void operator()(std::vector<Item> &list)
    {
        const std::uint64_t count = number(4);
        m_sound = m_sound && count <= m_rest.size(); // no item is shorter than a byte
        for (std::uint64_t i = 0; m_sound && i < count; ++i)
            fields(*this, list.emplace_back());
    }
    [[nodiscard]] bool isWhole() const { return m_sound && m_rest.empty(); }

private:
    ByteView take(std::uint64_t size)
    {
        m_sound = m_sound && size <= m_rest.size();
        if (!m_sound)
            return {};
        const ByteView taken = m_rest.first(size);
        m_rest = m_rest.subspan(size);
        return taken;
    }
    std::uint64_t number(std::size_t size)
    {
        std::uint64_t value = 0;
        for (const std::uint8_t byte : take(size))
            value = value << 8 | byte;
        return value;
    }
    ByteView m_rest;
    bool m_sound = true;
};

template <class Codec, class M>
void fields(Codec &codec, M &m)
    requires std::same_as<std::remove_const_t<M>, TransactionRequest>
{
    codec(m.key), codec(m.unsignedPayload);
}
template <class Codec, class M>
void fields(Codec &codec, M &m)
    requires std::same_as<std::remove_const_t<M>, RoundRequest>
{
    codec(m.key), codec(m.result.protocolId), codec(m.result.votingRoundId),
        codec(m.result.isSecureRandom), codec(m.result.merkleRoot);
}
template <class Codec, class M>
void fields(Codec &codec, M &m)
    requires std::same_as<std::remove_const_t<M>, RegistrationRequest>
{
    codec(m.key), codec(m.rewardEpoch), codec(m.identity);
}
template <class Codec, class M>
void fields(Codec &codec, M &m)
    requires std::same_as<std::remove_const_t<M>, PolicyRequest>
{
    codec(m.key), codec(m.rewardEpoch), codec(m.policyHash);
}
template <class Codec, class M>
void fields(Codec &codec, M &m)
    requires std::same_as<std::remove_const_t<M>, UptimeRequest>
{
    codec(m.key), codec(m.rewardEpoch);
}
template <class Codec, class M>
void fields(Codec &codec, M &m)
    requires std::same_as<std::remove_const_t<M>, ftso::WeightBasedClaims>
{
    codec(m.rewardManagerId), codec(m.count);
}
template <class Codec, class M>
void fields(Codec &codec, M &m)
    requires std::same_as<std::remove_const_t<M>, RewardsRequest>
{
    codec(m.key), codec(m.rewardEpoch), codec(m.weightBased), codec(m.merkleRoot);
}
template <class Codec, class M>
void fields(Codec &, M &)
    requires std::same_as<std::remove_const_t<M>, KeysRequest>
{
}
template <class Codec, class M>
void fields(Codec &codec, M &m)
    requires std::same_as<std::remove_const_t<M>, SignedTransactionReply>
{
    codec(m.raw), codec(m.hash);
}
template <class Codec, class M>
void fields(Codec &codec, M &m)
    requires std::same_as<std::remove_const_t<M>, SignatureReply>
{
    codec(m.signature.r), codec(m.signature.s), codec(m.signature.recoveryId), codec(m.digest);
}
template <class Codec, class M>
void fields(Codec &codec, M &m)
    requires std::same_as<std::remove_const_t<M>, HeldKey>
{
    codec(m.name), codec(m.address), codec(m.chainId);
}
template <class Codec, class M>
void fields(Codec &codec, M &m)
    requires std::same_as<std::remove_const_t<M>, KeysReply>
{
    codec(m.keys);
}

void fields(Writer &codec, const RefusedReply &m)
{
    codec(static_cast<std::uint8_t>(m.code)), codec(m.reason);
}
void fields(Reader &codec, RefusedReply &m)
{
    std::uint8_t code = 0;
    codec(code), codec(m.reason);
    m.code = static_cast<ErrorCode>(std::min(code, static_cast<std::uint8_t>(ErrorCode::Corrupt)));
}

template <class Variant> Bytes encodeVariant(const Variant &message)
{
    Writer writer;
    writer(static_cast<std::uint8_t>(message.index()));
    std::visit([&writer](const auto &held) { fields(writer, held); }, message);
    return writer.take();
}

template <class Variant, std::size_t Index = 0> Result<Variant> decodeVariant(ByteView bytes)
{
    if constexpr (Index == std::variant_size_v<Variant>) {
        return fail(ErrorCode::Corrupt, "a message of the signer's that nobody knows");
    } else {
        if (bytes.empty() || bytes.front() != Index)
            return bytes.empty() ? fail(ErrorCode::Corrupt, "an empty message")
                                 : decodeVariant<Variant, Index + 1>(bytes);
        std::variant_alternative_t<Index, Variant> message;
        Reader reader(bytes.subspan(1));
        fields(reader, message);
        if (!reader.isWhole())
            return fail(ErrorCode::Corrupt, "a message of the signer's is cut off or too long");
        return Variant(std::move(message));
    }
}

} // namespace

Bytes encode(const SigningRequest &request)
{
    return encodeVariant(request);
}

Bytes encode(const SigningReply &reply)
{
    return encodeVariant(reply);
}

Result<SigningRequest> decodeRequest(ByteView bytes)
{
    return decodeVariant<SigningRequest>(bytes);
}

Result<SigningReply> decodeReply(ByteView bytes)
{
    return decodeVariant<SigningReply>(bytes);
}

const std::string &keyOf(const SigningRequest &request)
{
    static const std::string none;
    return std::visit(
        [](const auto &held) -> const std::string & {
            if constexpr (requires { held.key; })
                return held.key;
            else
                return none;
        },
        request);
}

} // namespace chrona::keys
