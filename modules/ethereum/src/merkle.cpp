// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ethereum/merkle.h"

#include "chrona/ethereum/keccak.h"

#include <algorithm>

namespace chrona::ethereum {
namespace {

Bytes32 nodeOf(const Bytes32 &left, const Bytes32 &right)
{
    return left <= right ? keccak256(left, right) : keccak256(right, left);
}

} // namespace

MerkleTree::MerkleTree(std::vector<Bytes32> leaves)
{
    std::ranges::sort(leaves);
    leaves.erase(std::ranges::unique(leaves).begin(), leaves.end());
    if (leaves.empty())
        return;
    const std::size_t count = leaves.size();
    m_nodes.resize(2 * count - 1);
    std::ranges::copy(leaves, m_nodes.begin() + static_cast<std::ptrdiff_t>(count - 1));
    for (std::size_t i = count - 1; i-- > 0;)
        m_nodes[i] = nodeOf(m_nodes[2 * i + 1], m_nodes[2 * i + 2]);
}

std::optional<Bytes32> MerkleTree::root() const
{
    return m_nodes.empty() ? std::nullopt : std::optional(m_nodes.front());
}

ByteView MerkleTree::leaf(std::size_t index) const
{
    return m_nodes[leafCount() - 1 + index];
}

std::optional<std::vector<Bytes32>> MerkleTree::proof(const Bytes32 &leaf) const
{
    if (m_nodes.empty())
        return std::nullopt;
    const auto first = m_nodes.begin() + static_cast<std::ptrdiff_t>(leafCount() - 1);
    const auto found = std::lower_bound(first, m_nodes.end(), leaf);
    if (found == m_nodes.end() || *found != leaf)
        return std::nullopt;
    std::vector<Bytes32> siblings;
    for (auto i = static_cast<std::size_t>(found - m_nodes.begin()); i > 0; i = (i - 1) / 2)
        siblings.push_back(m_nodes[i % 2 == 1 ? i + 1 : i - 1]);
    return siblings;
}

bool verifyMerkleProof(const Bytes32 &leaf, std::span<const Bytes32> proof, const Bytes32 &root)
{
    Bytes32 node = leaf;
    for (const Bytes32 &sibling : proof)
        node = nodeOf(node, sibling);
    return node == root;
}

} // namespace chrona::ethereum
