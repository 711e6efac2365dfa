// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSet>
#include <QString>

namespace chrona::assist {

/// What the check of a model's words knows of a language, in lower case. A word that stands neither
/// in a table nor in the fact is refused, so a text in another language is.
struct WordTables {
    QSet<QString> guarded;           ///< only where the fact has the very word
    QSet<QString> up, down;          ///< only where the fact has the direction
    QSet<QString> denials;           ///< where the fact has one, and only there
    QSet<QString> doubts;            ///< where the fact has one
    QSet<QString> bounds;            ///< before a number: more or less than it
    QSet<QString> beginnings;        ///< with a capital only because a sentence begins
    QSet<QString> plain;             ///< add nothing to any fact, in this and their other forms
    QHash<QString, QString> instead; ///< only where the fact has the other word
};

/// What briefings are written in.
[[nodiscard]] const WordTables &englishWords();

/// Whether a word says no more than the words of a fact do: by itself, or in each part of a
/// compound.
[[nodiscard]] bool isFounded(const QString &word, const QSet<QString> &factWords,
                             const WordTables &tables);

} // namespace chrona::assist
