// SPDX-License-Identifier: AGPL-3.0-or-later
#include "headline_words.h"

#include "chrona/base/ascii.h"

#include <algorithm>
#include <array>

namespace chrona::events {
namespace {

constexpr std::string_view kFillers =
    "a an the of to in on for and or but nor with without at by from as is are was were be been "
    "being it its this that these those after over into about up out off no not yes you your we "
    "our he she his her hers him they their them i my me will can could would should may might "
    "must has have had do does did doing what how why when where who whom which while than then "
    "so if more most very new old says say said saying tell tells told report reports vs via us "
    "amid get gets got just all any each every one two first second next last now here there "
    "also still yet again ever only own too other another such some make makes made take takes "
    "took set sets see sees seen know let like really today yesterday tomorrow day week month "
    "year update updated breaking live video watch photos read exclusive dont doesnt cant wont "
    "isnt youre its heres whats thats im ive many much may between under during before against "
    "because through near back come comes";

/// By their hashes, which every word has anyway: sorted into slots by the first bits.
class Fillers {
public:
    Fillers()
    {
        for (std::size_t at = 0; at < kFillers.size();) {
            const std::size_t end = std::min(kFillers.find(' ', at), kFillers.size());
            const std::uint64_t word = wordHash(kFillers.substr(at, end - at));
            std::size_t slot = slotOf(word);
            while (m_slots[slot] != 0)
                slot = (slot + 1) % m_slots.size();
            m_slots[slot] = word;
            at = end + 1;
        }
    }
    [[nodiscard]] bool contains(std::uint64_t word) const
    {
        for (std::size_t slot = slotOf(word); m_slots[slot] != 0;
             slot = (slot + 1) % m_slots.size())
            if (m_slots[slot] == word)
                return true;
        return false;
    }

private:
    [[nodiscard]] std::size_t slotOf(std::uint64_t word) const { return word % m_slots.size(); }
    std::array<std::uint64_t, 1024> m_slots{}; ///< 0: free
};

const Fillers &fillers()
{
    static const Fillers made;
    return made;
}

/// One code point, 0xFFFD for a byte that begins none; `size` bytes were read.
char32_t decode(std::string_view rest, std::size_t &size)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    const unsigned char first = byte(0);
    size = 1;
    if (first < 0x80)
        return first;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || first > 0xF4 || rest.size() < length)
        return 0xFFFD;
    char32_t code = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80)
            return 0xFFFD;
        code = code << 6 | (byte(i) & 0x3FU);
    }
    size = length;
    return code;
}

/// Latin-1 and Latin Extended-A by their base letters, from U+00C0 on.
constexpr std::string_view kLatinBases =
    "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatinBases.size() == 0x180 - 0xC0);

struct Letter {
    enum class Kind : std::uint8_t { None, Lower, Upper, Digit, Apostrophe, Ampersand, Dot, Comma };
    Kind kind = Kind::None;
    char folded = 0; ///< 0: keeps its own bytes
    bool endsClause = false;
};

constexpr Letter letterOf(char32_t c)
{
    using enum Letter::Kind;
    if (c >= 'a' && c <= 'z')
        return {Lower, char(c)};
    if (c >= 'A' && c <= 'Z')
        return {Upper, char(c - 'A' + 'a')};
    if (c >= '0' && c <= '9')
        return {Digit, char(c)};
    switch (c) {
    case '\'':
    case 0x2019: return {Apostrophe};
    case '&': return {Ampersand};
    case '.': return {Dot, 0, true};
    case ',': return {Comma, 0, true};
    case ':':
    case ';':
    case '!':
    case '?':
    case '(':
    case '"':
    case '|':
    case 0x2013:
    case 0x2014:
    case 0x2018:
    case 0x201C: return {None, 0, true};
    default: break;
    }
    if (c >= 0xC0 && c < 0x180 && kLatinBases[c - 0xC0] != ' ') {
        const bool upper = c < 0x100 ? c < 0xDF : c % 2 == 0;
        return {upper ? Upper : Lower, kLatinBases[c - 0xC0]};
    }
    // Other scripts: letters, where they are no punctuation. Case is not known of them.
    if (c >= 0x180 && c != 0xFFFD && !(c >= 0x2000 && c < 0x2E80) && !(c >= 0x3000 && c < 0x3041))
        return {Lower};
    return {};
}

/// Most of what is read.
constexpr auto kAsciiLetters = [] {
    std::array<Letter, 128> letters{};
    for (std::size_t c = 0; c < letters.size(); ++c)
        letters[c] = letterOf(static_cast<char32_t>(c));
    return letters;
}();

Letter letterFor(char32_t c)
{
    return c < kAsciiLetters.size() ? kAsciiLetters[c] : letterOf(c);
}

std::string_view stemOf(std::string_view word)
{
    const auto ends = [&](std::string_view tail, std::size_t restMin) {
        return word.size() >= tail.size() + restMin && word.ends_with(tail);
    };
    if (ends("ies", 2))
        return word.substr(0, word.size() - 3);
    bool verb = true;
    if (ends("ing", 3))
        word.remove_suffix(3);
    else if (ends("ed", 3))
        word.remove_suffix(2);
    else
        verb = false;
    // "planned" is "plan", but "stall" stays.
    if (verb && word.size() > 3 && word[word.size() - 1] == word[word.size() - 2] &&
        !ends("ss", 0) && !ends("ll", 0))
        word.remove_suffix(1);
    if (!verb && ends("s", 3) && !ends("ss", 0) && !ends("us", 0) && !ends("is", 0))
        word.remove_suffix(1);
    if (ends("e", 3) || ends("y", 3))
        word.remove_suffix(1);
    return word;
}

class Splitter {
public:
    explicit Splitter(std::string_view text) : m_text(text) {}

    std::vector<Word> split()
    {
        constexpr std::size_t kBytesAWord = 6;
        m_words.reserve(std::min(m_text.size() / kBytesAWord + 1, kWordsMax));
        while (m_at < m_text.size() && m_words.size() < kWordsMax)
            step();
        close();
        return std::move(m_words);
    }

private:
    Letter peek(std::size_t at) const
    {
        std::size_t size = 0;
        return at < m_text.size() ? letterFor(decode(m_text.substr(at), size)) : Letter{};
    }

    void step()
    {
        using enum Letter::Kind;
        std::size_t size = 0;
        const Letter letter = letterFor(decode(m_text.substr(m_at), size));
        const bool isMark = letter.kind != None && letter.kind != Lower && letter.kind != Upper &&
                            letter.kind != Digit;
        const Letter after = isMark ? peek(m_at + size) : Letter{};
        const bool joins = isMark && !m_word.folded.empty() &&
                           (letter.kind == Apostrophe  ? after.kind == Lower || after.kind == Upper
                            : letter.kind == Ampersand ? after.kind == Upper || after.kind == Lower
                            : letter.kind == Dot       ? (m_word.number && after.kind == Digit) ||
                                                       (m_letters == 1 && after.kind == Upper)
                            : letter.kind == Comma ? m_word.number && after.kind == Digit
                                                   : false);
        if (joins) {
            joinAt(letter, size);
        } else if (letter.kind == Lower || letter.kind == Upper || letter.kind == Digit) {
            append(letter, size);
        } else {
            close();
            m_opens = m_opens || letter.endsClause;
        }
        m_at += size;
    }

    /// A mark inside a word: "Dick's", "S&P", "U.S.", "3.5", "1,200".
    void joinAt(const Letter &letter, std::size_t size)
    {
        using enum Letter::Kind;
        if (letter.kind == Apostrophe)
            m_apostrophe = m_word.folded.size();
        else if (letter.kind == Dot && m_word.number)
            m_word.folded += '.';
        if (letter.kind == Dot)
            m_letters = 0;
        m_word.end = std::uint32_t(m_at + size);
    }

    void append(const Letter &letter, std::size_t size)
    {
        if (m_word.folded.empty()) {
            m_word.begin = std::uint32_t(m_at);
            m_word.capital = letter.kind == Letter::Kind::Upper;
            m_word.number = letter.kind == Letter::Kind::Digit;
            m_word.opensClause = m_opens;
            m_allUpper = true;
            m_apostrophe = std::string::npos;
            m_letters = 0;
        }
        m_allUpper = m_allUpper && letter.kind == Letter::Kind::Upper;
        ++m_letters;
        if (letter.folded != 0)
            m_word.folded += letter.folded;
        else
            m_word.folded += m_text.substr(m_at, size);
        m_word.end = std::uint32_t(m_at + size);
    }

    void close()
    {
        if (m_word.folded.empty())
            return;
        // "Dick's" is Dick; "don't" stays one word.
        if (m_apostrophe != std::string::npos && m_apostrophe + 1 == m_word.folded.size() &&
            m_word.folded.back() == 's')
            m_word.folded.pop_back();
        // In capitals it is the country, else the pronoun.
        if (m_word.folded == "us" && m_allUpper)
            m_word.folded = "usa";
        m_word.exact = wordHash(m_word.folded);
        m_word.stem = m_word.number ? m_word.exact : wordHash(stemOf(m_word.folded));
        m_word.filler = fillers().contains(m_word.exact);
        m_words.push_back(std::move(m_word));
        m_word = {};
        m_opens = false;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<Word> m_words;
    Word m_word;
    std::size_t m_apostrophe = std::string::npos;
    std::size_t m_letters = 0; ///< since the last dot
    bool m_allUpper = true;
    bool m_opens = true;
};

bool isDeskWord(std::string_view head)
{
    static constexpr std::array<std::string_view, 17> kDesk{
        "update",   "breaking", "watch",   "video",  "exclusive", "live",
        "analysis", "opinion",  "correct", "refile", "factbox",   "photos",
        "report",   "urgent",   "insight", "focus",  "corrected"};
    const auto words = wordsOf(head);
    if (words.empty() || words.size() > 2)
        return false;
    const bool rest = words.size() == 1 || words[1].number || words[1].folded == "news";
    return rest && std::ranges::contains(kDesk, words.front().folded);
}

bool sameName(std::string_view tail, std::string_view publisher)
{
    const auto a = wordsOf(tail), b = wordsOf(publisher);
    return !a.empty() && a.size() <= b.size() &&
           std::equal(a.begin(), a.end(), b.begin(),
                      [](const Word &x, const Word &y) { return x.exact == y.exact; });
}

} // namespace

std::uint64_t wordHash(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL ^ text.size();
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return mixed(hash);
}

std::vector<Word> wordsOf(std::string_view text)
{
    return Splitter(text).split();
}

std::string_view headlineBody(std::string_view title, std::string_view publisher)
{
    std::string_view body = trimmedOf(" \t", title);
    const std::size_t mark = body.find_first_of(":-");
    if (mark != body.npos && mark > 0 && mark < 24 && mark + 1 < body.size()) {
        const std::string_view head = body.substr(0, mark);
        const bool colon = body[mark] == ':';
        if (isDeskWord(head) || (colon && sameName(head, publisher)))
            body = trimmedOf(" \t", body.substr(mark + 1));
    }
    for (const std::string_view separator : {" - ", " | ", " — ", " – "}) {
        const std::size_t at = body.rfind(separator);
        if (at == body.npos || at == 0)
            continue;
        const std::string_view tail = body.substr(at + separator.size());
        // A bar is only ever put before a publisher; a dash also stands in sentences.
        if (separator == " | " || sameName(tail, publisher))
            body = trimmedOf(" \t", body.substr(0, at));
    }
    return body.empty() ? trimmedOf(" \t", title) : body;
}

} // namespace chrona::events
