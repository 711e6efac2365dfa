// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading_text.h"

#include <QTest>

namespace chrona::venues {
namespace {

struct ReplyRow {
    const char *sentence;
    const char *venue;
    const char *kind;
    const char *target;
    const char *body;
    const char *expected;
    int status = 200;
};

// Values are invented; shapes are those that the venues document.
const ReplyRow kReplyRows[] = {
    {"a best bid and ask of Binance has no last price", "binance", "ticker",
     "/api/v3/ticker/bookTicker?symbol=FLRUSDT",
     R"({"symbol":"FLRUSDT","bidPrice":"0.0210","bidQty":"5","askPrice":"0.0211","askQty":"7"})",
     "ticker FLR/USDT bid=0.021 ask=0.0211"},
    {"Binance's candles begin with their time", "binance", "ohlcv", "/api/v3/klines?symbol=ETHUSDT",
     R"([[1700000000000,"10","12","9","11","3.5",1700000059999,"35",4,"1","10","0"]])",
     "candles ETH/USDT [1700000000000 10 12 9 11 3.5]"},
    {"Binance says when it works", "binance", "status", "", R"({"status":0,"msg":"normal"})",
     "status open"},
    {"Binance's firewall stops the host", "binance", "ticker", "", "<html>Forbidden</html>",
     "ban:firewall", 403},
    {"Coinbase's candles are newest first with low before high", "coinbase", "ohlcv",
     "/products/BTC-USD/candles", R"([[1700000060,9,12,10,11,2],[1700000000,8,11,9,10,1]])",
     "candles BTC/USD [1700000000000 9 11 8 10 1] [1700000060000 10 12 9 11 2]"},
    {"Coinbase's book has a sequence and a time", "coinbase", "orderbook",
     "/products/BTC-USD/book?level=2",
     R"({"bids":[["9","1",2]],"asks":[["10","2",1]],"sequence":77,"time":"2026-01-01T00:00:00.5Z"})",
     "book BTC/USD snapshot bids 1@9 asks 2@10 seq=77 at=1767225600500"},
    {"Kraken's candles end with a cursor that is no market", "kraken", "ohlcv", "",
     R"({"error":[],"result":{"XETHZUSD":[[1700000000,"10","12","9","11","10.5","3",4]],"last":1}})",
     "candles ETH/USD [1700000000000 10 12 9 11 3]"},
    {"XTZ is no legacy name", "kraken", "ticker", "",
     R"({"error":[],"result":{"XTZUSD":{"a":["2","1","1"],"b":["1","1","1"],"c":["1.5","1"],"v":["1","2"]}}})",
     "ticker XTZ/USD last=1.5 bid=1 ask=2 base=2"},
    {"a warning of Kraken harms nothing", "kraken", "status", "",
     R"({"error":["WGeneral:Something"],"result":{"status":"online","timestamp":"2026-01-01T00:00:00Z"}})",
     "status open"},
    {"Kraken's lockout is a ban", "kraken", "ticker", "",
     R"({"error":["EGeneral:Temporary lockout"]})", "ban:rate_limit"},
    {"Bybit's inverse swaps settle in their coin", "bybit", "trades", "/?category=inverse",
     R"({"retCode":0,"result":{"category":"inverse","list":[{"execId":"a","symbol":"BTCUSD","price":"9","size":"1","side":"Sell","time":"1700000000000"}]},"time":1})",
     "trades BTC/USD:BTC(swap) [a sell 1@9 at=1700000000000]"},
    {"Bybit's candles are newest first", "bybit", "ohlcv", "/?category=spot&symbol=BTCUSDT",
     R"({"retCode":0,"result":{"category":"spot","symbol":"BTCUSDT","list":[["1700000060000","2","3","1","2","5","9"],["1700000000000","1","2","1","2","4","8"]]}})",
     "candles BTC/USDT [1700000000000 1 2 1 2 4] [1700000060000 2 3 1 2 5]"},
    {"too many visits ban a Bybit host for ten minutes", "bybit", "ticker", "",
     "access too frequent", "ban:rate_limit wait=600000", 403},
    {"OKX's volume of a swap is in coins", "okx", "ticker", "",
     R"({"code":"0","data":[{"instId":"BTC-USDT-SWAP","last":"9","bidPx":"8","askPx":"10","vol24h":"500","volCcy24h":"5","ts":"1700000000000"}]})",
     "ticker BTC/USDT:USDT(swap) last=9 bid=8 ask=10 base=5 at=1700000000000"},
    {"OKX's candles are newest first", "okx", "ohlcv", "/?instId=BTC-USDT",
     R"({"code":"0","data":[["1700000060000","2","3","1","2","5","9","9","0"],["1700000000000","1","2","1","2","4","8","8","1"]]})",
     "candles BTC/USDT [1700000000000 1 2 1 2 4] [1700000060000 2 3 1 2 5]"},
    {"OKX pauses", "okx", "ticker", "", R"({"code":"50001","msg":"Service unavailable","data":[]})",
     "maintenance:maintenance", 503},
    {"Bitget's ticker", "bitget", "ticker", "",
     R"({"code":"00000","msg":"success","requestTime":1,"data":[{"symbol":"FLRUSDT","lastPr":"0.02","bidPr":"0.019","askPr":"0.021","baseVolume":"100","quoteVolume":"2","ts":"1700000000000"}]})",
     "ticker FLR/USDT last=0.02 bid=0.019 ask=0.021 base=100 at=1700000000000"},
    {"Bitget's trades", "bitget", "trades", "/?symbol=FLRUSDT",
     R"({"code":"00000","data":[{"symbol":"FLRUSDT","tradeId":"12","side":"Buy","price":"0.02","size":"5","ts":"1700000000000"}]})",
     "trades FLR/USDT [12 buy 5@0.02 at=1700000000000]"},
    {"an unknown market of Bitget", "bitget", "ticker", "",
     R"({"code":"40034","msg":"Parameter NOPE does not exist","data":null})", "fatal_symbol:symbol",
     400},
    {"Gate's candles have the volume first", "gate", "ohlcv", "/?currency_pair=BTC_USDT",
     R"([["1700000000","100","11","12","9","10","5","true"]])",
     "candles BTC/USDT [1700000000000 10 12 9 11 5]"},
    {"leveraged tokens of Gate are left out", "gate", "tickers", "",
     R"([{"currency_pair":"BTC3L_USDT","last":"1","lowest_ask":"1","highest_bid":"1"},{"currency_pair":"ETH_USDT","last":"2","lowest_ask":"2","highest_bid":"1","base_volume":"3"}])",
     "ticker ETH/USDT last=2 bid=1 ask=2 base=3"},
    {"trades of MEXC name the taker's side", "mexc", "trades", "/api/v3/trades?symbol=BTCUSDT",
     R"([{"id":null,"price":"9","qty":"1","time":1700000000000,"isBuyerMaker":true,"tradeType":"ASK"}])",
     "trades BTC/USDT [- sell 1@9 at=1700000000000]"},
    {"KuCoin answers for nothing with success", "kucoin", "ticker", "/?symbol=NOPE-USDT",
     R"({"code":"200000","data":null})", "fatal_symbol:symbol"},
    {"KuCoin's candles have the close second", "kucoin", "ohlcv", "/?symbol=BTC-USDT",
     R"({"code":"200000","data":[["1700000000","10","11","12","9","5","50"]]})",
     "candles BTC/USDT [1700000000000 10 12 9 11 5]"},
    {"all tickers of KuCoin share one time", "kucoin", "tickers", "",
     R"({"code":"200000","data":{"time":1700000000000,"ticker":[{"symbol":"FLR-USDT","buy":"1","sell":"2","last":"1.5","vol":"7","volValue":"9"}]}})",
     "ticker FLR/USDT last=1.5 bid=1 ask=2 base=7 at=1700000000000"},
    {"HTX's book has a version", "htx", "orderbook", "/?symbol=btcusdt",
     R"({"ch":"market.btcusdt.depth.step0","status":"ok","ts":2,"tick":{"bids":[[9.0,1.0]],"asks":[[10,2]],"version":5,"ts":1700000000000}})",
     "book BTC/USDT snapshot bids 1@9 asks 2@10 seq=5 at=1700000000000"},
    {"HTX's candles are newest first and named", "htx", "ohlcv", "/?symbol=btcusdt",
     R"({"ch":"market.btcusdt.kline.1min","status":"ok","data":[{"id":1700000060,"open":2,"close":3,"low":1,"high":4,"amount":5,"vol":9},{"id":1700000000,"open":1,"close":2,"low":1,"high":2,"amount":4,"vol":8}]})",
     "candles BTC/USDT [1700000000000 1 2 1 2 4] [1700000060000 2 4 1 3 5]"},
    {"Crypto.com's candles", "cryptocom", "ohlcv", "",
     R"({"code":0,"result":{"interval":"1m","instrument_name":"BTC_USD","data":[{"o":"1","h":"3","l":"1","c":"2","v":"4","t":1700000000000}]}})",
     "candles BTC/USD [1700000000000 1 3 1 2 4]"},
    {"Crypto.com's limit", "cryptocom", "ticker", "", R"({"code":42901,"message":"RATE_LIMIT"})",
     "backoff:rate_limit", 429},
    {"Bitstamp lists pairs with a slash and perpetuals among them", "bitstamp", "tickers", "",
     R"([{"pair":"BTC/USD","last":"9","bid":"8","ask":"10","volume":"1","timestamp":"1700000000"},{"pair":"BTC/USD-PERP","last":"9","bid":"8","ask":"10","volume":"1","timestamp":"1700000000"}])",
     "ticker BTC/USD last=9 bid=8 ask=10 base=1 at=1700000000000"},
    {"Bitstamp's candles lie deep", "bitstamp", "ohlcv", "/api/v2/ohlc/btcusd/",
     R"({"data":{"pair":"BTC/USD","ohlc":[{"timestamp":"1700000000","open":"1","high":"3","low":"1","close":"2","volume":"4"}]}})",
     "candles BTC/USD [1700000000000 1 3 1 2 4]"},
    {"Bitfinex's book tells sides by sign and count", "bitfinex", "orderbook",
     "/v2/book/tBTCUSD/P0", "[[9,2,1.5],[10,1,-2]]", "book BTC/USD snapshot bids 1.5@9 asks 2@10"},
    {"Bitfinex's candles have the close third", "bitfinex", "ohlcv",
     "/v2/candles/trade:1m:tBTCUST/hist", "[[1700000060000,2,3,4,1,5],[1700000000000,1,2,3,1,4]]",
     "candles BTC/USDT [1700000000000 1 3 1 2 4] [1700000060000 2 4 1 3 5]"},
    {"swaps of Bitfinex settle in their quote", "bitfinex", "ticker", "/v2/ticker/tBTCF0:USTF0",
     "[8,1,10,1,0,0,9,5,11,7]", "ticker BTC/USDT:USDT(swap) last=9 bid=8 ask=10 base=5"},
    {"an unknown market of Bitfinex", "bitfinex", "ticker", "",
     R"(["error",10020,"symbol: invalid"])", "fatal_symbol:symbol", 500},
    {"Gemini's book has levels with names", "gemini", "orderbook", "/v1/book/btcusd",
     R"({"bids":[{"price":"9","amount":"1","timestamp":"1"}],"asks":[{"price":"10","amount":"2","timestamp":"1"}]})",
     "book BTC/USD snapshot bids 1@9 asks 2@10"},
    {"Gemini's perpetuals are swaps", "gemini", "trades", "/v1/trades/btcgusdperp",
     R"([{"timestampms":1700000000000,"tid":5,"price":"9","amount":"1","type":"sell"}])",
     "trades BTC/GUSD:GUSD(swap) [5 sell 1@9 at=1700000000000]"},
    {"Gemini pauses", "gemini", "ticker", "",
     R"({"result":"error","reason":"Maintenance","message":"soon back"})",
     "maintenance:maintenance", 503},
};

} // namespace

std::vector<std::string> allBodies()
{
    std::vector<std::string> bodies;
    for (const ReplyRow &row : kReplyRows)
        bodies.emplace_back(row.body);
    return bodies;
}

void addReplyRows()
{
    QTest::addColumn<QString>("venue");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("target");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("expected");
    for (const ReplyRow &row : kReplyRows)
        QTest::newRow(row.sentence)
            << QString::fromUtf8(row.venue) << QString::fromUtf8(row.kind)
            << QString::fromUtf8(row.target) << row.status << QString::fromUtf8(row.body)
            << QString::fromUtf8(row.expected);
}

} // namespace chrona::venues
