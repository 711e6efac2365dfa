// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/palette_index.h"

#include <algorithm>
#include <cmath>

namespace chrona::workspace {
namespace {

constexpr double kKeywordWeight = 0.8;
constexpr double kDetailWeight = 0.6;
// A slip in a shorter word turns it into another word more often than not.
constexpr qsizetype kSlipLengthMin = 4;

/// Small letters without accents.
QString folded(const QString &text)
{
    QString result;
    const QString split = text.normalized(QString::NormalizationForm_KD).toCaseFolded();
    result.reserve(split.size());
    for (const QChar letter : split)
        if (!letter.isMark())
            result.append(letter);
    return result;
}

QStringList wordsOf(const QString &text)
{
    QStringList words;
    QString word;
    for (const QChar letter : folded(text)) {
        if (letter.isLetterOrNumber()) {
            word.append(letter);
        } else if (!word.isEmpty()) {
            words.append(word);
            word.clear();
        }
    }
    if (!word.isEmpty())
        words.append(word);
    return words;
}

/// `typed` becomes the beginning of `word` by one letter left out, added, changed, or two swapped.
bool isOneSlipFrom(QStringView word, QStringView typed)
{
    const auto same = [&](qsizetype wordAt, qsizetype typedAt) {
        return word.sliced(std::min(wordAt, word.size()))
            .startsWith(typed.sliced(std::min(typedAt, typed.size())));
    };
    qsizetype at = 0;
    while (at < word.size() && at < typed.size() && word[at] == typed[at])
        ++at;
    if (at == typed.size() || at == word.size())
        return typed.size() <= word.size() + 1;
    const bool swapped = at + 1 < word.size() && at + 1 < typed.size() &&
                         word[at] == typed[at + 1] && word[at + 1] == typed[at] &&
                         same(at + 2, at + 2);
    return swapped || same(at + 1, at + 1) || same(at + 1, at) || same(at, at + 1);
}

/// 0: does not match.
double wordScore(QStringView word, QStringView typed)
{
    if (word.startsWith(typed)) {
        const double missing = static_cast<double>(word.size() - typed.size());
        return 1 - 0.15 * missing / (missing + 4);
    }
    if (typed.size() >= 3 && word.contains(typed))
        return 0.5;
    // Few people miss the first letter, and it saves looking at most words.
    const bool near = typed.size() >= kSlipLengthMin && word.size() + 1 >= typed.size() &&
                      (word[0] == typed[0] || (word.size() > 1 && word[1] == typed[0]));
    return near && isOneSlipFrom(word, typed) ? 0.4 : 0;
}

} // namespace

PaletteIndex::Item PaletteIndex::itemOf(PaletteEntry entry)
{
    Item item;
    const auto add = [&item](const QString &text, double weight) {
        for (const QString &word : wordsOf(text))
            item.words.push_back({word, weight});
    };
    for (const QString &word : wordsOf(entry.text))
        item.initials.append(word[0]);
    add(entry.text, 1);
    for (const QString &keyword : entry.keywords)
        add(keyword, kKeywordWeight);
    add(entry.detail, kDetailWeight);
    item.entry = std::move(entry);
    return item;
}

double PaletteIndex::scoreOf(const Item &item, const QStringList &query)
{
    double sum = 0;
    for (qsizetype position = 0; position < query.size(); ++position) {
        const QString &typed = query[position];
        double best = 0;
        for (const Word &word : item.words)
            best = std::max(best, word.weight * wordScore(word.text, typed));
        if (query.size() == 1 && typed.size() > 1 && item.initials.startsWith(typed))
            best = std::max(best, 0.7);
        if (best <= 0)
            return 0; // every word that is typed must be meant
        sum += best;
    }
    const double match = sum / static_cast<double>(query.size());
    // The first word of a name is what people begin with.
    const bool leads = !item.words.empty() && item.words.front().text.startsWith(query.front());
    return std::min(1.0,
                    match * (leads ? 0.93 : 0.85) + 0.07 * std::clamp(item.entry.weight, 0.0, 1.0));
}

void PaletteIndex::replace(PaletteEntry::Kind kind, std::vector<PaletteEntry> entries)
{
    std::erase_if(m_items, [kind](const Item &item) { return item.entry.kind == kind; });
    m_items.reserve(m_items.size() + entries.size());
    for (PaletteEntry &entry : entries) {
        entry.kind = kind;
        m_items.push_back(itemOf(std::move(entry)));
    }
}

std::vector<PaletteHit> PaletteIndex::search(const QString &query, std::size_t hitsMax) const
{
    const QStringList typed = wordsOf(query);
    std::vector<PaletteHit> hits;
    for (const Item &item : m_items) {
        const bool isCommand = item.entry.kind == PaletteEntry::Kind::Command;
        const double score = !typed.isEmpty() ? scoreOf(item, typed)
                             : isCommand      ? 0.5 + 0.5 * std::clamp(item.entry.weight, 0.0, 1.0)
                                              : 0;
        if (score > 0)
            hits.push_back({&item.entry, score});
    }
    const auto better = [](const PaletteHit &left, const PaletteHit &right) {
        if (left.score != right.score)
            return left.score > right.score;
        if (left.entry->kind != right.entry->kind)
            return left.entry->kind < right.entry->kind;
        return left.entry->text < right.entry->text;
    };
    const auto count = static_cast<std::ptrdiff_t>(std::min(hits.size(), hitsMax));
    std::ranges::partial_sort(hits, hits.begin() + count, better);
    hits.resize(static_cast<std::size_t>(count));
    return hits;
}

} // namespace chrona::workspace
