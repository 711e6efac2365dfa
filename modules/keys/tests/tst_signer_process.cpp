// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signing_fixture.h"

#include "chrona/keys/signer_client.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace chrona;
using namespace chrona::keys;

/// The program itself, with a file of keys.
class TestSignerProcess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keyIsEnrolledAndSigns();
    void wrongPassphraseStartsNothing();
    void secondRootIsRefusedAfterAKill();
    void secretIsNowhere();
    void processIsSealed();
    void crashLeavesNoCore_data();
    void crashLeavesNoCore();
    void foreignBytesEndNothing();
    void secretsAreNoArguments();

private:
    struct Answer {
        int code;
        QByteArray out, err;
    };
    Answer run(QStringList arguments, const QByteArray &input)
    {
        QProcess process;
        process.start(QStringLiteral(CHRONA_SIGNER), arguments);
        process.write(input);
        process.closeWriteChannel();
        process.waitForFinished(kPatienceMs);
        return {process.exitCode(), process.readAllStandardOutput(),
                process.readAllStandardError()};
    }
    void enroll(const char *duty)
    {
        // The passphrase comes on a descriptor of its own, the key on standard input.
        QProcess process;
        process.start(QStringLiteral("/bin/sh"),
                      {QStringLiteral("-c"),
                       QStringLiteral("printf pass >\"$3\"; "
                                      "exec \"$1\" --enroll key --duty \"$2\" --vault \"$4\" "
                                      "--passphrase-fd 4 4<\"$3\" --relay "
                                      "0xa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1"),
                       QStringLiteral("sh"), QStringLiteral(CHRONA_SIGNER),
                       QString::fromLatin1(duty), file("passphrase"), file("keys")});
        process.write("0x" + QByteArray(64, '7') + "\n");
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(kPatienceMs));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        QVERIFY(process.readAllStandardOutput().startsWith("key\tcoston2\t0x"));
    }
    Result<std::unique_ptr<SignerClient>> start(const char *passphrase = "pass")
    {
        QFile secret(file("passphrase"));
        if (!secret.open(QIODevice::WriteOnly) || secret.write(passphrase) < 0)
            qFatal("cannot write the passphrase");
        secret.close();
        SignerClient::Options options;
        // A shell in between gives the signer the descriptor that a service manager would.
        m_script = file("start.sh");
        QFile script(m_script);
        if (!script.open(QIODevice::WriteOnly))
            qFatal("cannot write the script");
        script.write("#!/bin/sh\nexec \"" CHRONA_SIGNER "\" \"$@\" --vault \"" +
                     file("keys").toUtf8() + "\" --passphrase-fd 4 4<\"" +
                     file("passphrase").toUtf8() + "\"\n");
        script.close();
        script.setPermissions(QFile::ReadOwner | QFile::ExeOwner | QFile::WriteOwner);
        options.program = m_script.toStdString();
        options.arguments = {"--data", m_folder->path().toStdString()};
        options.answerTimeout = std::chrono::seconds(60); // a busy machine's disk
        return SignerClient::start(options);
    }
    [[nodiscard]] QString file(const char *name) const
    {
        return m_folder->filePath(QLatin1StringView(name));
    }
    static RoundRequest roundResult(std::uint8_t root)
    {
        const SystemTime now = std::chrono::system_clock::now();
        RoundRequest request{.key = "key", .result = {}};
        request.result.votingRoundId = static_cast<std::uint32_t>(
            votingEpochAt(testRules(Duty::SigningPolicy), std::chrono::floor<Duration>(now)));
        request.result.merkleRoot.fill(root);
        return request;
    }
    /// Of the signer that was started last; 0: there is none.
    static pid_t signerProcess()
    {
        const QDir proc(QStringLiteral("/proc"));
        for (const QString &entry : proc.entryList(QDir::Dirs)) {
            QFile status(proc.filePath(entry + QStringLiteral("/stat")));
            QFile commandLine(proc.filePath(entry + QStringLiteral("/cmdline")));
            if (!status.open(QIODevice::ReadOnly) || !commandLine.open(QIODevice::ReadOnly) ||
                !commandLine.readAll().startsWith(CHRONA_SIGNER))
                continue;
            // "PID (NAME) STATE PARENT …"
            const QByteArray text = status.readAll();
            if (text.mid(text.lastIndexOf(')') + 4).split(' ').value(0).toLongLong() == ::getpid())
                return static_cast<pid_t>(entry.toInt());
        }
        return 0;
    }
    static constexpr int kPatienceMs = 120'000; ///< a passphrase takes its time, too
    using SystemTime = std::chrono::system_clock::time_point;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_script;
};

void TestSignerProcess::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestSignerProcess::keyIsEnrolledAndSigns()
{
    enroll("submit");
    const auto signer = start();
    QVERIFY2(signer, signer ? "" : describe(signer.error()).c_str());
    QCOMPARE((*signer)->keys().size(), std::size_t{1});
    QCOMPARE((*signer)->keys().front().chainId, std::uint64_t{114});
    const auto made =
        (*signer)->signTransaction({"key", ethereum::signingPayload(commitTransaction())});
    QVERIFY2(made, made ? "" : describe(made.error()).c_str());
    QCOMPARE(ethereum::decodeSigned(made->raw)->from, (*signer)->keys().front().address);
    ethereum::Transaction theft = commitTransaction();
    theft.value = ethereum::Uint256(1);
    const auto refused = (*signer)->signTransaction({"key", ethereum::signingPayload(theft)});
    QVERIFY(!refused);
    QVERIFY(refused.error().code == ErrorCode::Denied);
    QFile audit(file("signer-audit.log"));
    QVERIFY(audit.open(QIODevice::ReadOnly));
    QCOMPARE(audit.readAll().count('\n'), 2);
}

void TestSignerProcess::wrongPassphraseStartsNothing()
{
    enroll("submit");
    const auto signer = start("guess");
    QVERIFY(!signer);
    QVERIFY2(describe(signer.error()).contains("passphrase"), describe(signer.error()).c_str());
}

void TestSignerProcess::secondRootIsRefusedAfterAKill()
{
    enroll("signing-policy");
    const RoundRequest first = roundResult(1);
    {
        const auto signer = start();
        QVERIFY2(signer, signer ? "" : describe(signer.error()).c_str());
        QVERIFY((*signer)->ask(first));
    }
    const auto again = start();
    QVERIFY(again);
    RoundRequest second = first; // of the same round, though the clock may be in another by now
    second.result.merkleRoot.fill(2);
    const auto other = (*again)->ask(second);
    QVERIFY(!other);
    QVERIFY(other.error().code == ErrorCode::Denied);
    QVERIFY((*again)->ask(first));
}

/// A canary: the key's digits and bytes are in no file that the programs left.
void TestSignerProcess::secretIsNowhere()
{
    enroll("signing-policy");
    {
        const auto signer = start();
        QVERIFY((*signer)->ask(roundResult(1)));
    }
    const QByteArray digits(64, '7'), bytes(32, '\x77');
    const auto files = QDir(m_folder->path()).entryInfoList(QDir::Files | QDir::Hidden);
    QVERIFY(files.size() >= 4);
    for (const QFileInfo &info : files) {
        QFile each(info.filePath());
        QVERIFY(each.open(QIODevice::ReadOnly));
        const QByteArray content = each.readAll();
        QVERIFY2(!content.contains(digits) && !content.contains(bytes) &&
                     !content.contains(bytes.toBase64()),
                 qPrintable(info.fileName()));
    }
}

void TestSignerProcess::processIsSealed()
{
#ifdef Q_OS_LINUX
    enroll("submit");
    const auto signer = start();
    QVERIFY(signer);
    // Ours alone: others' may run beside, and not be sealed yet.
    const QString place = QStringLiteral("/proc/%1/").arg(signerProcess());
    QFile status(place + QStringLiteral("status"));
    QVERIFY(status.open(QIODevice::ReadOnly));
    const QByteArray text = status.readAll();
    QVERIFY2(text.contains("Seccomp:\t2"), text.constData());
    QVERIFY(text.contains("NoNewPrivs:\t1"));
    // Not dumpable: its memory is not ours to open.
    QFile memory(place + QStringLiteral("mem"));
    QVERIFY(!memory.open(QIODevice::ReadOnly));
#endif
}

void TestSignerProcess::crashLeavesNoCore_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("a pointer that leads nowhere") << SIGSEGV;
    QTest::newRow("an assertion") << SIGABRT;
}

/// Though the limit that it was started with allows one.
void TestSignerProcess::crashLeavesNoCore()
{
#ifdef Q_OS_LINUX
    QFETCH(const int, signal);
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_CORE, &limit), 0);
    const rlimit before = limit;
    limit.rlim_cur = limit.rlim_max;
    QCOMPARE(::setrlimit(RLIMIT_CORE, &limit), 0);
    const auto restoring = qScopeGuard([&] { ::setrlimit(RLIMIT_CORE, &before); });
    const QString here = QDir::currentPath();
    QVERIFY(QDir::setCurrent(m_folder->path()));
    const auto returning = qScopeGuard([&] { QDir::setCurrent(here); });
    enroll("submit");
    auto signer = start();
    QVERIFY2(signer, signer ? "" : describe(signer.error()).c_str());
    const pid_t process = signerProcess();
    QVERIFY(process > 0);
    QCOMPARE(::kill(process, signal), 0);
    siginfo_t ended{};
    QCOMPARE(::waitid(P_PID, static_cast<id_t>(process), &ended, WEXITED | WNOWAIT), 0);
    QCOMPARE(ended.si_status, signal);
    QVERIFY(ended.si_code == CLD_KILLED); // and not dumped
    QVERIFY(QDir(m_folder->path()).entryList({QStringLiteral("core*")}).isEmpty());
    signer->reset();
    // Another program that crashes here does leave one, where the system writes them at all.
    QProcess other;
    other.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("kill -ABRT $$")});
    QVERIFY(other.waitForFinished());
    if (limit.rlim_max == 0 ||
        QDir(m_folder->path()).entryList({QStringLiteral("core*")}).isEmpty())
        qInfo("this system writes no core files here: the sign is how the process ended");
#endif
}

void TestSignerProcess::foreignBytesEndNothing()
{
    enroll("submit");
    const auto signer = start();
    QVERIFY(signer);
    const auto refused = (*signer)->ask(TransactionRequest{"key", {0xC0, 0x80}});
    QVERIFY(!refused);
    QVERIFY((*signer)->ask(KeysRequest{}));
}

void TestSignerProcess::secretsAreNoArguments()
{
    const Answer answer =
        run({QStringLiteral("--enroll"), QStringLiteral("key"), QStringLiteral("--duty"),
             QStringLiteral("submit"), QStringLiteral("--key"), QString(64, QLatin1Char('7'))},
            {});
    QCOMPARE(answer.code, 2);
    QVERIFY(!answer.err.contains(QByteArray(64, '7')));
}

QTEST_GUILESS_MAIN(TestSignerProcess)
#include "tst_signer_process.moc"
