// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace chrona::workspace {

/// One thing that the command palette can find.
struct PaletteEntry {
    enum class Kind : std::uint8_t { Command, Entity, Place };
    Kind kind = Kind::Command;
    QString id;     ///< what the caller acts on
    QString text;   ///< what is shown and searched
    QString detail; ///< shown beside, searched with less weight
    QStringList keywords;
    double weight = 0; ///< breaks ties: a large city before a small one; 0–1
};

struct PaletteHit {
    const PaletteEntry *entry; ///< valid until the index changes
    double score;              ///< 0–1
};

/// Ranked search as one types: prefixes of words before initials before words with one slip of the
/// keys. Case and accents do not matter. Thread rule: one thread.
class PaletteIndex {
public:
    void replace(PaletteEntry::Kind kind, std::vector<PaletteEntry> entries);
    /// Best first. An empty query gives the commands by weight.
    [[nodiscard]] std::vector<PaletteHit> search(const QString &query,
                                                 std::size_t hitsMax = 30) const;

private:
    struct Word {
        QString text;
        double weight;
    };
    struct Item {
        PaletteEntry entry;
        std::vector<Word> words; ///< folded
        QString initials;
    };
    [[nodiscard]] static Item itemOf(PaletteEntry entry);
    [[nodiscard]] static double scoreOf(const Item &item, const QStringList &query);

    std::vector<Item> m_items;
};

} // namespace chrona::workspace
