// SPDX-License-Identifier: AGPL-3.0-or-later
#include "entity_tables.h"

namespace chrona::events {
namespace {

constexpr auto kOrg = schema::EntityKind::Organization;
constexpr auto kRegulator = schema::EntityKind::RegulatoryBody;

constexpr KnownBody kBodies[] = {
    // Central banks
    {"org:fed", "Federal Reserve", kRegulator,
     "Fed|FOMC|US central bank|Federal Open Market Committee", "US"},
    {"org:ecb", "European Central Bank", kRegulator, "ECB", ""},
    {"org:boe", "Bank of England", kRegulator, "BOE|BoE", "GB"},
    {"org:boj", "Bank of Japan", kRegulator, "BOJ|BoJ", "JP"},
    {"org:boc", "Bank of Canada", kRegulator, "BOC|BoC", "CA"},
    {"org:rba", "Reserve Bank of Australia", kRegulator, "RBA", "AU"},
    {"org:rbnz", "Reserve Bank of New Zealand", kRegulator, "RBNZ", "NZ"},
    {"org:rbi", "Reserve Bank of India", kRegulator, "RBI", "IN"},
    {"org:snb", "Swiss National Bank", kRegulator, "SNB", "CH"},
    {"org:pboc", "People's Bank of China", kRegulator, "PBOC|PBoC", "CN"},
    {"org:riksbank", "Riksbank", kRegulator, "Swedish central bank", "SE"},
    {"org:norges-bank", "Norges Bank", kRegulator, "Norwegian central bank", "NO"},
    {"org:cbr", "Bank of Russia", kRegulator, "Russian central bank", "RU"},
    {"org:cbrt", "Central Bank of Turkey", kRegulator, "CBRT|Turkish central bank", "TR"},
    {"org:banxico", "Bank of Mexico", kRegulator, "Banxico", "MX"},
    {"org:bcb", "Central Bank of Brazil", kRegulator, "Brazilian central bank", "BR"},
    {"org:bok", "Bank of Korea", kRegulator, "BOK", "KR"},
    {"org:bis", "Bank for International Settlements", kRegulator, "BIS", ""},
    // Regulators and authorities
    {"org:sec", "Securities and Exchange Commission", kRegulator, "SEC", "US"},
    {"org:cftc", "Commodity Futures Trading Commission", kRegulator, "CFTC", "US"},
    {"org:fdic", "Federal Deposit Insurance Corporation", kRegulator, "FDIC", "US"},
    {"org:us-treasury", "US Treasury", kRegulator, "Treasury Department|U.S. Treasury", "US"},
    {"org:ofac", "Office of Foreign Assets Control", kRegulator, "OFAC", "US"},
    {"org:fda", "Food and Drug Administration", kRegulator, "FDA", "US"},
    {"org:epa", "Environmental Protection Agency", kRegulator, "EPA", "US"},
    {"org:ftc", "Federal Trade Commission", kRegulator, "FTC", "US"},
    {"org:fcc", "Federal Communications Commission", kRegulator, "FCC", "US"},
    {"org:ferc", "Federal Energy Regulatory Commission", kRegulator, "FERC", "US"},
    {"org:faa", "Federal Aviation Administration", kRegulator, "FAA", "US"},
    {"org:nhtsa", "National Highway Traffic Safety Administration", kRegulator, "NHTSA", "US"},
    {"org:us-doj", "US Department of Justice", kRegulator, "Justice Department|DOJ", "US"},
    {"org:us-congress", "US Congress", kRegulator, "Congress|US Senate|House of Representatives",
     "US"},
    {"org:white-house", "White House", kRegulator, "", "US"},
    {"org:us-supreme-court", "US Supreme Court", kRegulator, "Supreme Court", "US"},
    {"org:pentagon", "US Department of Defense", kRegulator, "Pentagon", "US"},
    {"org:state-department", "US Department of State", kRegulator, "State Department", "US"},
    {"org:bls", "Bureau of Labor Statistics", kRegulator, "BLS", "US"},
    {"org:bea", "Bureau of Economic Analysis", kRegulator, "BEA", "US"},
    {"org:eia", "Energy Information Administration", kRegulator, "EIA", "US"},
    {"org:nws", "National Weather Service", kRegulator, "NWS", "US"},
    {"org:nhc", "National Hurricane Center", kRegulator, "NHC", "US"},
    {"org:usgs", "US Geological Survey", kRegulator, "USGS", "US"},
    {"org:noaa", "National Oceanic and Atmospheric Administration", kRegulator, "NOAA", "US"},
    {"org:nasa", "NASA", kOrg, "", "US"},
    {"org:cdc", "Centers for Disease Control and Prevention", kRegulator, "CDC", "US"},
    {"org:statcan", "Statistics Canada", kRegulator, "StatCan", "CA"},
    {"org:osfi", "Office of the Superintendent of Financial Institutions", kRegulator, "OSFI",
     "CA"},
    {"org:fca", "Financial Conduct Authority", kRegulator, "FCA", "GB"},
    {"org:esma", "European Securities and Markets Authority", kRegulator, "ESMA", ""},
    {"org:ema", "European Medicines Agency", kRegulator, "EMA", ""},
    {"org:european-commission", "European Commission", kRegulator, "EU Commission", ""},
    {"org:kremlin", "Kremlin", kRegulator, "", "RU"},
    // Between countries
    {"org:un", "United Nations", kOrg, "UN|U.N.", ""},
    {"org:unsc", "UN Security Council", kOrg, "Security Council", ""},
    {"org:eu", "European Union", kOrg, "EU|E.U.", ""},
    {"org:nato", "NATO", kOrg, "Nato", ""},
    {"org:imf", "International Monetary Fund", kOrg, "IMF", ""},
    {"org:world-bank", "World Bank", kOrg, "", ""},
    {"org:wto", "World Trade Organization", kOrg, "WTO", ""},
    {"org:who", "World Health Organization", kOrg, "WHO", ""},
    {"org:opec", "OPEC", kOrg, "Opec|OPEC+", ""},
    {"org:iea", "International Energy Agency", kOrg, "IEA", ""},
    {"org:iaea", "International Atomic Energy Agency", kOrg, "IAEA", ""},
    {"org:oecd", "OECD", kOrg, "", ""},
    {"org:g7", "G7", kOrg, "Group of Seven", ""},
    {"org:g20", "G20", kOrg, "Group of 20|Group of Twenty", ""},
    {"org:unhcr", "UNHCR", kOrg, "UN refugee agency", ""},
    {"org:african-union", "African Union", kOrg, "", ""},
    {"org:asean", "ASEAN", kOrg, "Asean", ""},
    {"org:red-cross", "Red Cross", kOrg, "ICRC", ""},
    // Companies that the default targets hang on
    {"org:apple", "Apple", kOrg, "", "US"},
    {"org:microsoft", "Microsoft", kOrg, "", "US"},
    {"org:alphabet", "Alphabet", kOrg, "Google", "US"},
    {"org:amazon", "Amazon", kOrg, "Amazon.com", "US"},
    {"org:meta", "Meta Platforms", kOrg, "Facebook", "US"},
    {"org:nvidia", "Nvidia", kOrg, "", "US"},
    {"org:tesla", "Tesla", kOrg, "", "US"},
    {"org:intel", "Intel", kOrg, "", "US"},
    {"org:ibm", "IBM", kOrg, "", "US"},
    {"org:exxon-mobil", "Exxon Mobil", kOrg, "Exxon|ExxonMobil", "US"},
    {"org:chevron", "Chevron", kOrg, "", "US"},
    {"org:bp", "BP", kOrg, "", "GB"},
    {"org:shell", "Royal Dutch Shell", kOrg, "Shell plc", "GB"},
    {"org:jpmorgan", "JPMorgan Chase", kOrg, "JPMorgan|JP Morgan", "US"},
    {"org:goldman-sachs", "Goldman Sachs", kOrg, "", "US"},
    {"org:bank-of-america", "Bank of America", kOrg, "BofA", "US"},
    {"org:citigroup", "Citigroup", kOrg, "Citi", "US"},
    {"org:wells-fargo", "Wells Fargo", kOrg, "", "US"},
    {"org:boeing", "Boeing", kOrg, "", "US"},
    {"org:general-electric", "General Electric", kOrg, "GE", "US"},
    {"org:general-motors", "General Motors", kOrg, "GM", "US"},
    {"org:ford", "Ford Motor", kOrg, "", "US"},
    {"org:walmart", "Walmart", kOrg, "Wal-Mart", "US"},
    {"org:procter-gamble", "Procter & Gamble", kOrg, "P&G", "US"},
    {"org:coca-cola", "Coca-Cola", kOrg, "", "US"},
    {"org:mcdonalds", "McDonald's", kOrg, "", "US"},
    {"org:pfizer", "Pfizer", kOrg, "", "US"},
    {"org:johnson-johnson", "Johnson & Johnson", kOrg, "J&J", "US"},
    {"org:merck", "Merck", kOrg, "", "US"},
};

using schema::Topic;
constexpr TopicExposure kTopics[] = {
    {Topic::MonetaryPolicy, "TLT", 0.8F}, {Topic::MonetaryPolicy, "UUP", 0.6F},
    {Topic::MonetaryPolicy, "GLD", 0.5F}, {Topic::MonetaryPolicy, "XLF", 0.5F},
    {Topic::MonetaryPolicy, "SPY", 0.5F}, {Topic::Inflation, "TLT", 0.7F},
    {Topic::Inflation, "GLD", 0.6F},      {Topic::Inflation, "UUP", 0.4F},
    {Topic::Inflation, "XLP", 0.3F},      {Topic::Employment, "SPY", 0.5F},
    {Topic::Employment, "IWM", 0.4F},     {Topic::Employment, "TLT", 0.4F},
    {Topic::Growth, "SPY", 0.6F},         {Topic::Growth, "IWM", 0.5F},
    {Topic::Growth, "XLI", 0.4F},         {Topic::Growth, "XLY", 0.3F},
    {Topic::Fiscal, "TLT", 0.6F},         {Topic::Fiscal, "UUP", 0.3F},
    {Topic::Trade, "XLI", 0.5F},          {Topic::Trade, "SPY", 0.3F},
    {Topic::Trade, "UUP", 0.3F},          {Topic::Sanctions, "USO", 0.3F},
    {Topic::Sanctions, "XLE", 0.3F},      {Topic::Conflict, "GLD", 0.4F},
    {Topic::Conflict, "USO", 0.4F},       {Topic::Conflict, "VIXY", 0.4F},
    {Topic::Politics, "SPY", 0.2F},       {Topic::Energy, "XLE", 0.8F},
    {Topic::Energy, "USO", 0.7F},         {Topic::Disasters, "XLF", 0.2F},
    {Topic::Health, "XLV", 0.6F},         {Topic::Technology, "XLK", 0.7F},
    {Topic::Technology, "QQQ", 0.6F},     {Topic::Companies, "SPY", 0.3F},
    {Topic::Markets, "SPY", 0.6F},        {Topic::Markets, "VIXY", 0.3F},
};

constexpr BodyExposure kBodyRules[] = {
    {"org:fed", "TLT", 0.9F},
    {"org:fed", "UUP", 0.7F},
    {"org:fed", "SPY", 0.6F},
    {"org:fed", "GLD", 0.5F},
    {"org:ecb", "UUP", 0.6F},
    {"org:boj", "UUP", 0.5F},
    {"org:us-treasury", "TLT", 0.7F},
    {"org:opec", "USO", 0.9F},
    {"org:opec", "XLE", 0.8F},
    {"org:eia", "USO", 0.8F},
    {"org:eia", "XLE", 0.6F},
    {"org:iea", "USO", 0.7F},
    {"org:fda", "XLV", 0.8F},
    {"org:bls", "SPY", 0.5F},
    {"org:bls", "TLT", 0.5F},
    {"org:bea", "SPY", 0.4F},
    {"org:fdic", "XLF", 0.7F},
    {"org:apple", "QQQ", 0.8F},
    {"org:apple", "XLK", 0.8F},
    {"org:microsoft", "QQQ", 0.8F},
    {"org:microsoft", "XLK", 0.8F},
    {"org:alphabet", "QQQ", 0.7F},
    {"org:amazon", "QQQ", 0.7F},
    {"org:amazon", "XLY", 0.8F},
    {"org:meta", "QQQ", 0.6F},
    {"org:nvidia", "QQQ", 0.8F},
    {"org:nvidia", "XLK", 0.8F},
    {"org:tesla", "XLY", 0.7F},
    {"org:tesla", "QQQ", 0.6F},
    {"org:intel", "XLK", 0.6F},
    {"org:ibm", "XLK", 0.5F},
    {"org:exxon-mobil", "XLE", 0.9F},
    {"org:chevron", "XLE", 0.9F},
    {"org:bp", "XLE", 0.5F},
    {"org:shell", "XLE", 0.5F},
    {"org:jpmorgan", "XLF", 0.9F},
    {"org:goldman-sachs", "XLF", 0.7F},
    {"org:bank-of-america", "XLF", 0.8F},
    {"org:citigroup", "XLF", 0.7F},
    {"org:wells-fargo", "XLF", 0.8F},
    {"org:boeing", "XLI", 0.8F},
    {"org:general-electric", "XLI", 0.7F},
    {"org:general-motors", "XLY", 0.5F},
    {"org:ford", "XLY", 0.5F},
    {"org:walmart", "XLP", 0.8F},
    {"org:procter-gamble", "XLP", 0.9F},
    {"org:coca-cola", "XLP", 0.8F},
    {"org:mcdonalds", "XLY", 0.7F},
    {"org:pfizer", "XLV", 0.8F},
    {"org:johnson-johnson", "XLV", 0.9F},
    {"org:merck", "XLV", 0.8F},
};

constexpr WordExposure kWordRules[] = {
    {"S&P 500|Wall Street|US stocks|U.S. stocks|Dow Jones", "SPY", 0.9F},
    {"Nasdaq|Nasdaq 100|tech stocks", "QQQ", 0.9F},
    {"Russell 2000|small caps|small-cap stocks|small businesses", "IWM", 0.9F},
    {"crude|crude oil|oil prices|oil price|Brent|WTI|barrel|barrels", "USO", 0.9F},
    {"oil|gasoline|refinery|shale|natural gas|pipeline", "XLE", 0.7F},
    {"gold|gold prices|bullion", "GLD", 0.8F},
    {"dollar|greenback|dollar index", "UUP", 0.8F},
    {"Treasuries|Treasury yields|bond yields|10-year yield|30-year bond", "TLT", 0.9F},
    {"VIX|volatility|fear gauge", "VIXY", 0.9F},
    {"banks|banking|bank stocks|lenders|insurers|mortgage rates", "XLF", 0.6F},
    {"chipmaker|chipmakers|semiconductor|semiconductors|software", "XLK", 0.7F},
    {"airlines|railroad|railroads|manufacturing|factory orders|industrial production|aerospace",
     "XLI", 0.6F},
    {"retail sales|retailers|automakers|car sales|homebuilders|restaurants|shoppers", "XLY", 0.6F},
    {"supermarkets|grocery|groceries|food prices|household goods", "XLP", 0.6F},
    {"drugmaker|drugmakers|health insurers|hospitals|Medicare|biotech|vaccine|vaccines", "XLV",
     0.7F},
};

} // namespace

std::span<const KnownBody> knownBodies()
{
    return kBodies;
}

std::span<const TopicExposure> topicExposures()
{
    return kTopics;
}

std::span<const BodyExposure> bodyExposures()
{
    return kBodyRules;
}

std::span<const WordExposure> wordExposures()
{
    return kWordRules;
}

} // namespace chrona::events
