// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ethereum/keccak.h"

#include <bit>
#include <cstring>

namespace chrona::ethereum {
namespace {

constexpr std::size_t kRate = 136; // bytes absorbed between permutations

constexpr std::array<std::uint64_t, 24> kRoundConstants = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
    0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

// The lanes in the order in which rho and pi visit them, and how far each is rotated.
constexpr std::array<int, 24> kLanes = {10, 7,  11, 17, 18, 3, 5,  16, 8,  21, 24, 4,
                                        15, 23, 19, 13, 12, 2, 20, 14, 22, 9,  6,  1};
constexpr std::array<int, 24> kRotations = {1,  3,  6,  10, 15, 21, 28, 36, 45, 55, 2,  14,
                                            27, 41, 56, 8,  25, 43, 62, 18, 39, 61, 20, 44};

class Keccak {
public:
    void absorb(ByteView data)
    {
        for (const std::uint8_t byte : data) {
            m_state[m_used / 8] ^= std::uint64_t(byte) << (m_used % 8 * 8);
            if (++m_used == kRate) {
                permute();
                m_used = 0;
            }
        }
    }
    Bytes32 finish()
    {
        m_state[m_used / 8] ^= std::uint64_t(0x01) << (m_used % 8 * 8);
        m_state[kRate / 8 - 1] ^= 0x8000000000000000;
        permute();
        Bytes32 digest;
        for (std::size_t i = 0; i < digest.size(); ++i)
            digest[i] = static_cast<std::uint8_t>(m_state[i / 8] >> (i % 8 * 8));
        return digest;
    }

private:
    void permute()
    {
        for (const std::uint64_t constant : kRoundConstants) {
            mixColumns();
            std::uint64_t carried = m_state[1];
            for (std::size_t i = 0; i < 24; ++i) {
                const auto lane = static_cast<std::size_t>(kLanes[i]);
                const std::uint64_t next = m_state[lane];
                m_state[lane] = std::rotl(carried, kRotations[i]);
                carried = next;
            }
            for (std::size_t row = 0; row < 25; row += 5) {
                const std::array<std::uint64_t, 5> old = {m_state[row], m_state[row + 1],
                                                          m_state[row + 2], m_state[row + 3],
                                                          m_state[row + 4]};
                for (std::size_t i = 0; i < 5; ++i)
                    m_state[row + i] = old[i] ^ (~old[(i + 1) % 5] & old[(i + 2) % 5]);
            }
            m_state[0] ^= constant;
        }
    }
    void mixColumns()
    {
        std::array<std::uint64_t, 5> parity;
        for (std::size_t i = 0; i < 5; ++i)
            parity[i] = m_state[i] ^ m_state[i + 5] ^ m_state[i + 10] ^ m_state[i + 15]
                        ^ m_state[i + 20];
        for (std::size_t i = 0; i < 25; ++i)
            m_state[i] ^= parity[(i + 4) % 5] ^ std::rotl(parity[(i + 1) % 5], 1);
    }

    std::array<std::uint64_t, 25> m_state{};
    std::size_t m_used = 0;
};

} // namespace

Bytes32 keccak256(ByteView data)
{
    return keccak256(data, {});
}

Bytes32 keccak256(std::string_view text)
{
    return keccak256(ByteView(reinterpret_cast<const std::uint8_t *>(text.data()), text.size()));
}

Bytes32 keccak256(ByteView first, ByteView second)
{
    Keccak hash;
    hash.absorb(first);
    hash.absorb(second);
    return hash.finish();
}

} // namespace chrona::ethereum
