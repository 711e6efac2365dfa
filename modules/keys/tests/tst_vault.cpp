// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shared_bytes.h"
#include "signing_fixture.h"

#include "chrona/keys/key_entry.h"
#include "chrona/keys/round_ledger.h"
#include "chrona/keys/test_keyring.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <format>

using namespace chrona;
using namespace chrona::keys;

namespace {

Secret secret(std::string_view text)
{
    std::string copy(text);
    return std::move(
        Secret::take({reinterpret_cast<std::uint8_t *>(copy.data()), copy.size()}).value());
}

std::string textOf(const Secret &secret)
{
    return {secret.bytes().begin(), secret.bytes().end()};
}

} // namespace

class TestVault : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void secretIsMovedAndItsSourceWiped();
    void whatALibraryStillHoldsIsWiped();
    void fileKeepsSecrets();
    void wrongPassphraseOpensNothing();
    void fileTellsNothing();
    void swappedSecretsAreNoticed();
    void brokenFilesAreRefused();
    void keychainKeepsSecrets();
    void namesAreStrict();
    void keyComesBackWithItsRules();
    void privateKeysAreReadAsPeoplePasteThem();
    void ledgerKeepsRounds();
    void ledgerDropsAHalfLine();
    void secondSignerIsRefused();
    void ledgerOfYearsIsShortened();

private:
    [[nodiscard]] std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(QLatin1StringView(name)).toStdString();
    }
    QTemporaryDir m_folder;
    TestKeyring m_keyring;
};

void TestVault::initTestCase()
{
    QVERIFY(m_folder.isValid());
    const auto started = m_keyring.start();
    QVERIFY2(started, started ? "" : describe(started.error()).c_str());
}

void TestVault::secretIsMovedAndItsSourceWiped()
{
    std::string source = "open sesame";
    const auto taken =
        Secret::take({reinterpret_cast<std::uint8_t *>(source.data()), source.size()});
    QVERIFY(taken);
    QCOMPARE(textOf(*taken), std::string("open sesame"));
    QCOMPARE(source, std::string(11, '\0'));
    QVERIFY(taken->equals(*taken->copy()));
    QVERIFY(!taken->equals(secret("open sesamf")));
}

/// A keychain's job keeps its answer until it is deleted, however late that is.
void TestVault::whatALibraryStillHoldsIsWiped()
{
    const QByteArray held(QByteArrayLiteral("open sesame").constData(), 11);
    const QByteArray handed = held;
    const auto taken = takeShared(handed);
    QVERIFY(taken);
    QCOMPARE(textOf(*taken), std::string("open sesame"));
    QCOMPARE(held, QByteArray(11, '\0'));
    QVERIFY(takeShared({}));
}

void TestVault::fileKeepsSecrets()
{
    {
        const auto vault = openFileVault(path("keys"), secret("pass"));
        QVERIFY2(vault, vault ? "" : vault.error().what.c_str());
        QVERIFY((*vault)->write("b", secret("two")));
        QVERIFY((*vault)->write("a", secret("one")));
        QVERIFY((*vault)->write("c", secret("three")));
        QVERIFY((*vault)->remove("c"));
        QVERIFY((*vault)->remove("c").error().code == ErrorCode::NotFound);
    }
    const auto vault = openFileVault(path("keys"), secret("pass"));
    QVERIFY(vault);
    QCOMPARE((*vault)->names().value(), (std::vector<std::string>{"a", "b"}));
    QCOMPARE(textOf((*vault)->read("a").value()), std::string("one"));
    QVERIFY((*vault)->read("c").error().code == ErrorCode::NotFound);
    QCOMPARE(QFile::permissions(QString::fromStdString(path("keys").string())) &
                 (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());
}

void TestVault::wrongPassphraseOpensNothing()
{
    QVERIFY(openFileVault(path("closed"), secret("pass")));
    const auto vault = openFileVault(path("closed"), secret("guess"));
    QVERIFY(!vault);
    QVERIFY(vault.error().code == ErrorCode::Denied);
}

void TestVault::fileTellsNothing()
{
    const auto vault = openFileVault(path("quiet"), secret("pass"));
    QVERIFY((*vault)->write("k", secret("canary-4711")));
    QFile file(QString::fromStdString(path("quiet").string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(!bytes.contains("canary") && !bytes.contains("pass"));
    QVERIFY(!bytes.contains(QByteArray("canary-4711").toBase64()));
}

void TestVault::swappedSecretsAreNoticed()
{
    {
        const auto vault = openFileVault(path("swap"), secret("pass"));
        QVERIFY((*vault)->write("aa", secret("1")));
        QVERIFY((*vault)->write("bb", secret("2")));
    }
    QFile file(QString::fromStdString(path("swap").string()));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray text = file.readAll();
    text.replace("\"aa\"", "\"xx\"").replace("\"bb\"", "\"aa\"").replace("\"xx\"", "\"bb\"");
    file.seek(0);
    QCOMPARE(file.write(text), text.size());
    file.close();
    const auto vault = openFileVault(path("swap"), secret("pass"));
    QVERIFY(vault);
    QVERIFY((*vault)->read("aa").error().code == ErrorCode::Denied);
}

void TestVault::brokenFilesAreRefused()
{
    for (const char *text : {"", "{}", "[1]", "{\"chrona_vault\":1}",
                             "{\"chrona_vault\":1,\"salt\":\"AAAA\",\"probe\":\"AAAA\"}"}) {
        QFile file(QString::fromStdString(path("broken").string()));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text);
        file.close();
        QVERIFY2(!openFileVault(path("broken"), secret("pass")), text);
    }
}

void TestVault::keychainKeepsSecrets()
{
    Result<std::unique_ptr<Vault>> keychain = fail(ErrorCode::Unavailable, "not asked yet");
    QTRY_VERIFY2((keychain = openKeychain("Chrona test")).has_value(),
                 describe(keychain.error()).c_str());
    Vault &vault = **keychain;
    QVERIFY(vault.read("none").error().code == ErrorCode::NotFound);
    QVERIFY(vault.write("second", secret(std::string_view("\0\xff raw", 6))));
    QVERIFY(vault.write("first", secret("one")));
    QCOMPARE(vault.names().value(), (std::vector<std::string>{"first", "second"}));
    QCOMPARE(textOf(vault.read("second").value()), std::string("\0\xff raw", 6));
    QVERIFY(vault.remove("first"));
    QCOMPARE(vault.names().value(), (std::vector<std::string>{"second"}));
}

void TestVault::namesAreStrict()
{
    QVERIFY(checkSecretName("coston2.submit-1"));
    for (const std::string &name : {std::string(), std::string("a b"), std::string("chrona:index"),
                                    std::string("../x/y"), std::string(65, 'a')})
        QVERIFY2(!checkSecretName(name), name.c_str());
}

void TestVault::keyComesBackWithItsRules()
{
    auto key = Secret::ofSize(32);
    std::ranges::fill(key->bytes(), std::uint8_t{7});
    const auto entry = packKey(*key, testRules(Duty::Submit));
    QVERIFY(entry);
    const auto back = unpackKey("k", *entry);
    QVERIFY(back);
    QVERIFY(back->rules == testRules(Duty::Submit));
    QCOMPARE(ethereum::addressOf(back->key), ethereum::addressOf(testKey()));
    const auto nothing = Secret::ofSize(32);
    QVERIFY(!packKey(*nothing, testRules(Duty::Submit))); // zero is no key
}

void TestVault::privateKeysAreReadAsPeoplePasteThem()
{
    const std::string digits(64, '7');
    for (const std::string &text : {digits, "0x" + digits, "  0x" + digits + "\r\n"})
        QVERIFY2(parsePrivateKey(secret(text)), text.c_str());
    for (const std::string &text :
         {std::string(), digits + "7", digits.substr(1), "0y" + digits, std::string(64, 'g')}) {
        const auto refused = parsePrivateKey(secret(text));
        QVERIFY(!refused);
        QVERIFY(text.empty() || refused.error().what.find(text.substr(0, 8)) == std::string::npos);
    }
}

void TestVault::ledgerKeepsRounds()
{
    const SignedRound round{"k", 100, 1'234'567, {1, 2, 3}};
    {
        const auto ledger = RoundLedger::open(path("rounds"));
        QVERIFY2(ledger, ledger ? "" : ledger.error().what.c_str());
        QVERIFY((*ledger)->rounds().empty());
        QVERIFY((*ledger)->append(round));
    }
    const auto ledger = RoundLedger::open(path("rounds"));
    QVERIFY(ledger);
    QCOMPARE((*ledger)->rounds().size(), std::size_t{1});
    QVERIFY((*ledger)->rounds().front() == round);
}

void TestVault::ledgerDropsAHalfLine()
{
    {
        const auto ledger = RoundLedger::open(path("cut"));
        QVERIFY((*ledger)->append({"k", 100, 1, {}}));
        QVERIFY((*ledger)->append({"k", 100, 2, {}}));
    }
    QFile file(QString::fromStdString(path("cut").string()));
    QVERIFY(file.resize(file.size() - 5));
    {
        const auto ledger = RoundLedger::open(path("cut"));
        QVERIFY(ledger);
        QCOMPARE((*ledger)->rounds().size(), std::size_t{1});
        QVERIFY((*ledger)->append({"k", 100, 3, {}}));
    }
    QCOMPARE(RoundLedger::open(path("cut")).value()->rounds().back().votingRound, 3U);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("nonsense\nk 100 1 0x00\n");
    file.close();
    QVERIFY(RoundLedger::open(path("cut")).error().code == ErrorCode::Corrupt);
}

void TestVault::secondSignerIsRefused()
{
    const auto first = RoundLedger::open(path("locked"));
    QVERIFY(first);
    QVERIFY(RoundLedger::open(path("locked")).error().code == ErrorCode::Conflict);
}

/// A signer that is started once a year must start.
void TestVault::ledgerOfYearsIsShortened()
{
    const std::string who = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed/114";
    const std::string hash = ethereum::toHex(ethereum::Bytes32{9});
    QFile file(QString::fromStdString(path("years").string()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    std::string text = std::format("{} 100 7 {}\n", "another", hash);
    for (int round = 1'000; round < 12'000; ++round)
        text += std::format("{} 100 {} {}\n", who, round, hash);
    QCOMPARE(file.write(text.data(), std::ssize(text)), std::ssize(text));
    file.close();
    {
        const auto ledger = RoundLedger::open(path("years"));
        QVERIFY2(ledger, ledger ? "" : describe(ledger.error()).c_str());
        QCOMPARE((*ledger)->rounds().size(),
                 std::size_t{5'002}); // the other key's own is its newest
        QVERIFY((*ledger)->append({who, 100, 12'000, {8}}));
        QVERIFY(RoundLedger::open(path("years")).error().code == ErrorCode::Conflict);
    }
    QVERIFY(QFileInfo(file.fileName()).size() < std::ssize(text) / 2);
    QVERIFY(!QFile::exists(file.fileName() + QStringLiteral(".new")));
    const auto ledger = RoundLedger::open(path("years"));
    QVERIFY(ledger);
    QCOMPARE((*ledger)->rounds().size(), std::size_t{5'003});
    QVERIFY((*ledger)->rounds().back() == (SignedRound{who, 100, 12'000, {8}}));
    QVERIFY((*ledger)->rounds()[1] == (SignedRound{who, 100, 6'999, {9}}));
}

QTEST_GUILESS_MAIN(TestVault)
#include "tst_vault.moc"
