// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether a text says no more than given facts. It would rather refuse a sound sentence than let a
// false one pass: what is refused is said by the template.
#include "chrona/assist/fact_wording.h"
#include "word_tables.h"

#include "chrona/schema/text.h"

#include <QRegularExpression>
#include <QSet>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <format>
#include <utility>

namespace chrona::assist {
namespace {

constexpr std::size_t kSummaryBytesMax = 900;

const QStringList &calendarNames()
{
    static const QStringList names = {
        QStringLiteral("jan"), QStringLiteral("feb"), QStringLiteral("mar"), QStringLiteral("apr"),
        QStringLiteral("may"), QStringLiteral("jun"), QStringLiteral("jul"), QStringLiteral("aug"),
        QStringLiteral("sep"), QStringLiteral("oct"), QStringLiteral("nov"), QStringLiteral("dec"),
        QStringLiteral("mon"), QStringLiteral("tue"), QStringLiteral("wed"), QStringLiteral("thu"),
        QStringLiteral("fri"), QStringLiteral("sat"), QStringLiteral("sun")};
    return names;
}

/// "nov" of November and Nov; empty for what is no month or day of the week.
QString calendarName(const QString &word)
{
    static const QRegularExpression form(
        QStringLiteral("^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
                       "aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|"
                       "mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|"
                       "sat(?:urday)?|sun(?:day)?)$"));
    const QString small = word.toLower();
    if (!word.front().isUpper() || !form.match(small).hasMatch())
        return {};
    const QString name = small.left(3);
    return calendarNames().contains(name) ? name : QString();
}

struct Figure {
    QChar sign; ///< null: none
    QString digits, unit, subject;
    QString bound; ///< "over" of "over 5"
};

/// What of a sentence can be true or false.
struct Said {
    std::vector<Figure> figures;
    QStringList names; ///< in their order
    QSet<QString> dates;
    QSet<QString> words; ///< all, in lower case
    QStringList quotations;
};

bool isName(const QString &word)
{
    return std::ranges::any_of(word, [](QChar c) { return c.isUpper(); }) &&
           !englishWords().beginnings.contains(word.toLower());
}

QString plainUnit(QString unit)
{
    static const QStringList none =
        QStringLiteral("or after before since up down measured behind").split(u' ');
    unit = unit.toLower();
    if (none.contains(unit) || englishWords().beginnings.contains(unit))
        return {};
    if (unit == QLatin1StringView("bps"))
        return QStringLiteral("bp");
    if (unit == QLatin1StringView("percent"))
        return QStringLiteral("%");
    return unit.endsWith(u's') && unit.size() > 3 ? unit.chopped(1) : unit;
}

/// "Powell's" is Powell.
QString bareWord(QString word)
{
    for (const QLatin1StringView tail : {QLatin1StringView("'s"), QLatin1StringView("'")})
        if (word.endsWith(tail))
            word.chop(tail.size());
    while (word.endsWith(u'.') || word.endsWith(u'-'))
        word.chop(1);
    return word;
}

void addFigure(Said &said, const QRegularExpressionMatch &match, const QString &subject,
               const QString &before)
{
    static const QRegularExpression thousands(QStringLiteral(",(?=\\d{3}(?!\\d))"));
    Figure figure;
    const QString sign = match.captured(1);
    if (!sign.isEmpty())
        figure.sign = sign.front() == u'+' ? u'+' : u'-';
    figure.digits = match.captured(2).remove(thousands);
    const QString unit = match.captured(3);
    figure.unit = calendarName(unit.isEmpty() ? QStringLiteral("x") : unit);
    if (figure.unit.isEmpty())
        figure.unit = plainUnit(unit);
    figure.subject = subject;
    if (englishWords().bounds.contains(before))
        figure.bound = before;
    said.figures.push_back(std::move(figure));
}

Said saidIn(QString text)
{
    text.replace(QChar(0x2019), u'\'');
    text.replace(QChar(0x00a0), u' ').replace(QChar(0x202f), u' ');
    Said said;
    static const QRegularExpression quoted(
        QStringLiteral("[\u201c\u201e\"\u00ab]([^\u201c\u201d\u201e\"\u00ab\u00bb]*)"
                       "[\u201d\u201c\"\u00bb]"));
    for (const QRegularExpressionMatch &match : quoted.globalMatch(text))
        said.quotations += match.captured(1);
    // A number with what stands behind it, or a word.
    static const QRegularExpression token(
        QStringLiteral(
            "(?<![\\p{L}\\p{N}])([+\u2212\u2013-]?)"
            "([$\u20ac\u00a3\u00a5]?\\p{N}+(?:[.,:/-]\\p{N}+)*)(?: ?(%|\u03c3|\u00d7|[\\p{L}]+))?"
            "|([\\p{L}][\\p{L}\\p{N}&.'-]*)"),
        QRegularExpression::UseUnicodePropertiesOption);
    QString subject, before;
    qsizetype at = 0;
    for (;;) {
        const QRegularExpressionMatch match = token.match(text, at);
        if (!match.hasMatch())
            return said;
        at = match.capturedEnd();
        if (!match.captured(2).isEmpty()) {
            addFigure(said, match, subject, std::exchange(before, {}));
            // The word behind a number is a word like others too.
            if (match.capturedLength(3) > 0)
                at = match.capturedStart(3);
            if (match.captured(3).size() == 1 && !match.captured(3).front().isLetter())
                at = match.capturedEnd();
            continue;
        }
        const QString word = bareWord(match.captured(4));
        if (word.isEmpty())
            continue;
        before = word.toLower();
        said.words.insert(before);
        if (const QString date = calendarName(word); !date.isEmpty()) {
            said.dates.insert(date);
        } else if (isName(word)) {
            said.names += word;
            subject = word;
        }
    }
}

bool hasAny(const QSet<QString> &words, const QSet<QString> &of)
{
    return std::ranges::any_of(words, [&of](const QString &word) { return of.contains(word); });
}

bool hasSign(const Said &said, QChar sign)
{
    return std::ranges::contains(said.figures, sign, &Figure::sign);
}

bool isSameFigure(const Figure &text, const Figure &fact)
{
    return text.digits == fact.digits && text.unit == fact.unit && text.bound == fact.bound &&
           (text.sign.isNull() || text.sign == fact.sign) &&
           (text.subject.isEmpty() || text.subject == fact.subject);
}

/// A name of a text, or a word that has its capital from beginning a sentence.
bool isNameOf(const Said &fact, const QString &name, bool isFirst)
{
    if (fact.names.contains(name))
        return true;
    const QString small = name.toLower();
    return isFirst && fact.words.contains(small) && !englishWords().guarded.contains(small);
}

QString figureFault(const Said &text, const Said &fact)
{
    std::size_t from = 0; // numbers keep their order
    for (const Figure &figure : text.figures) {
        while (from < fact.figures.size() && !isSameFigure(figure, fact.figures[from]))
            ++from;
        if (from == fact.figures.size())
            return QStringLiteral("the number %1 %2").arg(figure.digits, figure.unit);
        ++from;
    }
    return {};
}

QString nameFault(const Said &text, const Said &fact, const QStringList &firstWords)
{
    qsizetype from = 0;
    for (const QString &name : text.names) {
        if (!isNameOf(fact, name, firstWords.contains(name)))
            return QStringLiteral("the name %1").arg(name);
        // Names that were not told before come in the fact's order, so that nothing changes sides.
        const qsizetype place = fact.names.indexOf(name);
        if (place >= 0 && place < from && text.names.count(name) == 1)
            return QStringLiteral("the order of names at %1").arg(name);
        from = std::max(from, place);
    }
    for (const QString &date : text.dates)
        if (!fact.dates.contains(date))
            return QStringLiteral("the date %1").arg(date);
    return {};
}

QString wordFault(const Said &text, const Said &fact)
{
    const WordTables &known = englishWords();
    for (const QString &word : text.words)
        if (known.guarded.contains(word) && !fact.words.contains(word))
            return QStringLiteral("the word %1").arg(word);
    for (const QString &word : text.words)
        if (!isFounded(word, fact.words, known))
            return QStringLiteral("the word %1").arg(word);
    if (hasAny(text.words, known.up) && !hasAny(fact.words, known.up) && !hasSign(fact, u'+'))
        return QStringLiteral("a rise");
    if (hasAny(text.words, known.down) && !hasAny(fact.words, known.down) && !hasSign(fact, u'-'))
        return QStringLiteral("a fall");
    if (hasAny(text.words, known.denials) != hasAny(fact.words, known.denials))
        return QStringLiteral("a denial");
    if (hasAny(fact.words, known.doubts) && !hasAny(text.words, known.doubts))
        return QStringLiteral("a doubt");
    return {};
}

QStringList sentencesOf(const QString &text)
{
    static const QRegularExpression end(QStringLiteral("(?<=[.!?])\\s+"));
    return text.split(end, Qt::SkipEmptyParts);
}

/// What of a text is not in a fact; empty: all is.
QString faultAgainst(const QString &whole, const QString &factText)
{
    const Said text = saidIn(whole);
    const Said fact = saidIn(factText);
    static const QRegularExpression first(QStringLiteral("[\\p{L}][\\p{L}\\p{N}&.'-]*"));
    QStringList firstWords;
    for (const QString &sentence : sentencesOf(whole))
        firstWords += bareWord(first.match(sentence).captured());
    for (const QString &quotation : text.quotations)
        if (!fact.quotations.contains(quotation))
            return QStringLiteral("a quotation");
    for (const QString &fault :
         {figureFault(text, fact), nameFault(text, fact, firstWords), wordFault(text, fact)})
        if (!fault.isEmpty())
            return fault;
    return {};
}

/// One line of plain text that leads nowhere.
bool isPlain(const std::string &text, std::size_t bytesMax)
{
    static constexpr std::string_view kMarks = "<>[]{}|`*_#\\@^";
    return !text.empty() && text.size() <= bytesMax && schema::plainLine(text, bytesMax) == text &&
           text.find_first_of(kMarks) == std::string::npos && !text.contains("://") &&
           !text.contains("www.") && !text.contains("javascript:") && !text.contains("data:");
}

Status unfounded(const QString &what)
{
    return fail(ErrorCode::InvalidInput,
                std::format("the facts do not have {}", what.toStdString()));
}

QString qText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

Status holdsAgainst(std::string_view text, const Passage &passage)
{
    if (passage.facts.empty())
        return fail(ErrorCode::InvalidInput, "there are no facts");
    const bool isAgain = passage.facts.size() == 1;
    const std::size_t bytesMax =
        isAgain ? passage.facts.front().size() * 3 / 2 + 60 : kSummaryBytesMax;
    if (!isPlain(std::string(text), bytesMax))
        return fail(ErrorCode::InvalidInput, "the text is no plain line of its length");
    const QString whole = qText(text);
    if (isAgain) {
        const QString fact = qText(passage.facts.front());
        if (const QString fault = faultAgainst(whole, fact); !fault.isEmpty())
            return unfounded(fault);
        if (saidIn(whole).figures.size() < saidIn(fact).figures.size())
            return fail(ErrorCode::InvalidInput, "a number of the fact is missing");
        return {};
    }
    for (const QString &sentence : sentencesOf(whole)) {
        QString fault;
        const bool holds = std::ranges::any_of(passage.facts, [&](const std::string &fact) {
            const QString one = faultAgainst(sentence, qText(fact));
            if (fault.isEmpty())
                fault = one;
            return one.isEmpty();
        });
        if (!holds)
            return unfounded(fault);
    }
    return {};
}

} // namespace chrona::assist
