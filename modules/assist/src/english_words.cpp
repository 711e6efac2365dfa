// SPDX-License-Identifier: AGPL-3.0-or-later
// English as briefings use it. What is not listed is refused: neither a slant nor another language
// gets through by being unknown.
#include "word_tables.h"

#include <QStringList>

#include <algorithm>
#include <utility>

namespace chrona::assist {
namespace {

QSet<QString> listed(const char *words)
{
    const QStringList list = QString::fromLatin1(words).split(u' ', Qt::SkipEmptyParts);
    return {list.begin(), list.end()};
}

constexpr const char *kGuarded =
    // Numbers
    "one two three four five six seven eight nine ten eleven twelve dozen twenty thirty "
    "forty fifty hundred thousand million billion trillion half third quarter double twice "
    "triple once both second fourth fifth sixth seventh eighth ninth tenth "
    // Times
    "today yesterday tomorrow tonight morning afternoon evening night week month year "
    "decade weekend before after earlier later since until during ahead following "
    "january february march april june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday "
    // Causes
    "because caused cause causes due owing triggered drove driven led result resulted "
    "thanks sparked prompted blamed explains explained despite amid "
    // Extremes
    "record highest lowest largest smallest biggest steepest sharpest worst best first "
    "last ever always all every only most least strongest weakest unprecedented "
    // Advice and calls to act
    "buy sell hold should must recommend recommended advise invest avoid guaranteed "
    "click visit call download install open send password ignore certainly definitely "
    "proven confirmed "
    // Units, apart from a number
    "percent percentage basis points bp bps";

constexpr const char *kUp =
    "rose rise rises rising risen up higher gain gains gained gaining climb climbed climbs "
    "climbing advance advanced advancing jump jumped rally rallied surge surged soared increase "
    "increased increasing grew strengthened firmer added recovered rebounded positive above "
    "stronger";

constexpr const char *kDown =
    "fell fall falls falling fallen down lower loss losses lost lose losing drop dropped drops "
    "dropping decline declined declines declining slid slide slipped sank tumble tumbled plunge "
    "plunged crashed decrease decreased decreasing shrank weakened softer retreated negative "
    "below weaker shed";

constexpr const char *kBeginnings =
    "the a an in on at with by from its this that these those it as for while and but of to over "
    "there no on both such their they under between among about it's meanwhile also here still "
    "overall separately together elsewhere within across against around some each";

constexpr const char *kPlain =
    // What holds a sentence together
    "then too again or where which who whose what how into onto per out off not other own whereas "
    "is are was were be been being has have had having along alongside respectively altogether "
    "likewise separate available "
    // What happens to figures
    "move trade close end begin began begun start stay remain keep kept make made take took taken "
    "give gave given leave left put get got find found know known see saw seen show shown stand "
    "stood come came go went gone reach include contain cover name list rank mark note observe "
    "measure compare match equal amount total number figure value level price rate yield index "
    "fund share stock bond market session trading window period history data case event headline "
    "item source signal feature target change reading score sigma size unit range comparison "
    "respect term word line point side group sector country region topic kind type example "
    // Short names of months and days: that they are the fact's is held elsewhere
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun";

/// Said in place of another word of the fact.
constexpr std::pair<const char *, const char *> kInstead[] = {
    {"consecutive", "row"}, {"successive", "row"},       {"straight", "row"},
    {"play", "mattered"},   {"played", "mattered"},      {"part", "mattered"},
    {"role", "mattered"},   {"contributed", "mattered"},
};

WordTables makeEnglish()
{
    WordTables tables;
    tables.guarded = listed(kGuarded);
    tables.up = listed(kUp);
    tables.down = listed(kDown);
    tables.denials =
        listed("no not never none without neither nor cannot nothing nobody unchanged n't");
    tables.doubts =
        listed("may might could candidate candidates conjecture likely perhaps possible possibly "
               "unconfirmed reported suggests suggest appears seems weak probable coincidence");
    tables.bounds = listed("over above under below than nearly almost about around roughly");
    tables.beginnings = listed(kBeginnings);
    tables.plain = listed(kPlain);
    for (const auto &[word, fact] : kInstead)
        tables.instead.insert(QString::fromLatin1(word), QString::fromLatin1(fact));
    return tables;
}

/// "marks", "marked" and "marking" are forms of "mark"; no more than that is needed here.
QString stemOf(QString word)
{
    for (const QLatin1StringView ending : {QLatin1StringView("ing"), QLatin1StringView("ed"),
                                           QLatin1StringView("es"), QLatin1StringView("s")}) {
        if (word.endsWith(ending) && word.size() - ending.size() >= 3 &&
            !word.endsWith(QLatin1StringView("ss"))) {
            word.chop(ending.size());
            break;
        }
    }
    if (word.size() > 3 && (word.endsWith(u'e') || word.back() == word[word.size() - 2]))
        word.chop(1);
    return word;
}

const QSet<QString> &plainStems()
{
    static const QSet<QString> stems = [] {
        QSet<QString> all;
        for (const QString &word : englishWords().plain)
            if (word.size() > 3)
                all.insert(stemOf(word));
        return all;
    }();
    return stems;
}

} // namespace

const WordTables &englishWords()
{
    static const WordTables tables = makeEnglish();
    return tables;
}

bool isFounded(const QString &word, const QSet<QString> &factWords, const WordTables &tables)
{
    if (factWords.contains(word))
        return true;
    if (tables.guarded.contains(word))
        return false;
    for (const QSet<QString> *table : {&tables.plain, &tables.beginnings, &tables.up, &tables.down,
                                       &tables.denials, &tables.doubts})
        if (table->contains(word))
            return true;
    if (const auto other = tables.instead.find(word); other != tables.instead.end())
        return factWords.contains(*other);
    const QStringList parts = word.split(u'-', Qt::SkipEmptyParts);
    if (parts.size() > 1)
        return std::ranges::all_of(
            parts, [&](const QString &part) { return isFounded(part, factWords, tables); });
    const QString stem = stemOf(word);
    return plainStems().contains(stem) || std::ranges::any_of(factWords, [&](const QString &fact) {
               return !tables.guarded.contains(fact) && stemOf(fact) == stem;
           });
}

} // namespace chrona::assist
