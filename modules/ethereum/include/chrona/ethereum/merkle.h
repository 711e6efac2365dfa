// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/bytes.h"

#include <optional>

namespace chrona::ethereum {

/// A complete binary tree over sorted leaves without duplicates; a node is keccak256(min || max) of
/// its children, so a proof needs no directions. Stored as a heap: root first.
class MerkleTree {
public:
    explicit MerkleTree(std::vector<Bytes32> leaves);

    [[nodiscard]] std::optional<Bytes32> root() const; ///< nothing without leaves
    [[nodiscard]] const std::vector<Bytes32> &nodes() const { return m_nodes; }
    [[nodiscard]] ByteView leaf(std::size_t index) const;
    [[nodiscard]] std::size_t leafCount() const { return (m_nodes.size() + 1) / 2; }
    /// Siblings from the leaf to the root; nothing when the leaf is not in the tree.
    [[nodiscard]] std::optional<std::vector<Bytes32>> proof(const Bytes32 &leaf) const;

private:
    std::vector<Bytes32> m_nodes;
};

[[nodiscard]] bool verifyMerkleProof(const Bytes32 &leaf, std::span<const Bytes32> proof,
                                     const Bytes32 &root);

} // namespace chrona::ethereum
