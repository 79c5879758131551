"""Variables that make their value when they are used, named as in Postman. Each use makes a new one."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from firstlight.runner import dynamic_makers as makers
from firstlight.runner import dynamic_words as words
from firstlight.runner.dynamic_makers import of, pattern, several
from firstlight.texts import N_


@dataclass(frozen=True, slots=True)
class Dynamic:
    """One line of the table."""

    name: str
    make: Callable[[], str]
    description: str
    """Marked for translation."""


DYNAMIC: tuple[Dynamic, ...] = (
    Dynamic("$guid", lambda: str(uuid.uuid4()), N_("A UUID (version 4)")),
    Dynamic("$timestamp", makers.timestamp, N_("The time now, in seconds since 1970")),
    Dynamic("$isoTimestamp", makers.iso_timestamp, N_("The time now, as ISO 8601 in UTC")),
    Dynamic("$randomUUID", lambda: str(uuid.uuid4()), N_("A UUID (version 4)")),
    Dynamic("$randomAlphaNumeric", pattern("*"), N_("A letter or a digit")),
    Dynamic("$randomBoolean", of(("true", "false")), N_("true or false")),
    Dynamic("$randomInt", makers.integer, N_("A whole number from 0 to 1000")),
    Dynamic("$randomColor", of(words.COLORS), N_("A colour by name")),
    Dynamic("$randomHexColor", makers.hex_color, N_("A colour in hex")),
    Dynamic("$randomAbbreviation", of(words.ABBREVIATIONS), N_("An abbreviation from computing")),
    Dynamic("$randomIP", makers.ipv4, N_("An IPv4 address")),
    Dynamic("$randomIPV6", makers.ipv6, N_("An IPv6 address")),
    Dynamic("$randomMACAddress", makers.mac, N_("A MAC address")),
    Dynamic("$randomPassword", pattern("*" * 15), N_("15 letters and digits")),
    Dynamic("$randomLocale", of(words.LOCALES), N_("A language by its two letters")),
    Dynamic("$randomUserAgent", of(words.USER_AGENTS), N_("The User-Agent of a browser")),
    Dynamic("$randomProtocol", of(words.PROTOCOLS), N_("http or https")),
    Dynamic("$randomSemver", makers.semver, N_("A version of three numbers")),
    Dynamic("$randomFirstName", of(words.FIRST_NAMES), N_("A first name")),
    Dynamic("$randomLastName", of(words.LAST_NAMES), N_("A last name")),
    Dynamic("$randomFullName", makers.full_name, N_("A first and a last name")),
    Dynamic("$randomNamePrefix", of(words.NAME_PREFIXES), N_("A title before a name")),
    Dynamic("$randomNameSuffix", of(words.NAME_SUFFIXES), N_("A title after a name")),
    Dynamic("$randomJobArea", of(words.JOB_AREAS), N_("A field of work")),
    Dynamic("$randomJobDescriptor", of(words.JOB_DESCRIPTORS), N_("A rank at work")),
    Dynamic("$randomJobTitle", makers.job_title, N_("A job title")),
    Dynamic("$randomJobType", of(words.JOB_TYPES), N_("A kind of job")),
    Dynamic("$randomPhoneNumber", pattern("###-555-####"), N_("A phone number")),
    Dynamic("$randomPhoneNumberExt", pattern("1-###-555-####"), N_("A phone number with country code")),
    Dynamic("$randomCity", of(words.CITIES), N_("A city")),
    Dynamic("$randomStreetName", of(words.STREETS), N_("A street")),
    Dynamic("$randomStreetAddress", makers.street_address, N_("A house number and a street")),
    Dynamic("$randomCountry", lambda: random.choice(words.COUNTRIES)[1], N_("A country")),
    Dynamic("$randomCountryCode", lambda: random.choice(words.COUNTRIES)[0], N_("A country by its two letters")),
    Dynamic("$randomLatitude", makers.degrees(90), N_("A latitude")),
    Dynamic("$randomLongitude", makers.degrees(180), N_("A longitude")),
    Dynamic("$randomBankAccount", pattern("########"), N_("An account number of eight digits")),
    Dynamic("$randomBankAccountName", of(words.BANK_ACCOUNTS), N_("A kind of bank account")),
    Dynamic("$randomBankAccountBic", pattern("@@@@DE@@"), N_("A BIC")),
    Dynamic("$randomBankAccountIban", makers.iban, N_("An IBAN with right check digits")),
    Dynamic("$randomCreditCardMask", pattern("####"), N_("The last four digits of a card")),
    Dynamic("$randomTransactionType", of(words.TRANSACTION_TYPES), N_("A kind of payment")),
    Dynamic("$randomCurrencyCode", lambda: random.choice(words.CURRENCIES)[0], N_("A currency by its three letters")),
    Dynamic("$randomCurrencyName", lambda: random.choice(words.CURRENCIES)[1], N_("A currency by name")),
    Dynamic("$randomCurrencySymbol", lambda: random.choice(words.CURRENCIES)[2], N_("A currency symbol")),
    Dynamic("$randomCompanyName", makers.company, N_("A company")),
    Dynamic("$randomCompanySuffix", of(words.COMPANY_SUFFIXES), N_("The legal form of a company")),
    Dynamic("$randomDatabaseColumn", of(words.DATABASE_COLUMNS), N_("A column of a database")),
    Dynamic("$randomDatabaseType", of(words.DATABASE_TYPES), N_("A type of a database column")),
    Dynamic("$randomDatabaseCollation", of(words.DATABASE_COLLATIONS), N_("A collation of a database")),
    Dynamic("$randomDatabaseEngine", of(words.DATABASE_ENGINES), N_("An engine of a database")),
    Dynamic("$randomDateFuture", makers.day(1, 365), N_("A moment within the next year")),
    Dynamic("$randomDatePast", makers.day(-365, -1), N_("A moment within the last year")),
    Dynamic("$randomDateRecent", makers.day(-1, 0), N_("A moment within the last 24 hours")),
    Dynamic("$randomWeekday", of(words.WEEKDAYS), N_("A day of the week")),
    Dynamic("$randomMonth", of(words.MONTHS), N_("A month")),
    Dynamic("$randomDomainName", makers.domain, N_("A domain name")),
    Dynamic("$randomDomainSuffix", of(words.DOMAIN_SUFFIXES), N_("The end of a domain name")),
    Dynamic("$randomDomainWord", makers.domain_word, N_("The middle of a domain name")),
    Dynamic("$randomEmail", makers.email, N_("An e-mail address")),
    Dynamic("$randomExampleEmail", makers.example_email, N_("An e-mail address at example.com, .net or .org")),
    Dynamic("$randomUserName", makers.user_name, N_("A user name")),
    Dynamic("$randomUrl", makers.url, N_("A URL")),
    Dynamic("$randomFileName", makers.file_name(words.FILE_EXTENSIONS), N_("A file name")),
    Dynamic("$randomFileType", of(words.FILE_TYPES), N_("A kind of file")),
    Dynamic("$randomFileExt", of(words.FILE_EXTENSIONS), N_("The ending of a file name")),
    Dynamic("$randomCommonFileName", makers.file_name(words.COMMON_FILE_EXTENSIONS), N_("The name of a common file")),
    Dynamic("$randomCommonFileType", of(words.COMMON_FILE_TYPES), N_("A common kind of file")),
    Dynamic("$randomCommonFileExt", of(words.COMMON_FILE_EXTENSIONS), N_("The ending of a common file name")),
    Dynamic("$randomFilePath", makers.file_path, N_("The path of a file")),
    Dynamic("$randomDirectoryPath", of(words.DIRECTORIES), N_("The path of a folder")),
    Dynamic("$randomMimeType", of(words.MIME_TYPES), N_("A media type")),
    Dynamic("$randomPrice", makers.price, N_("A price with two decimals")),
    Dynamic("$randomProduct", of(words.PRODUCTS), N_("A product")),
    Dynamic("$randomProductAdjective", of(words.PRODUCT_ADJECTIVES), N_("What products are said to be")),
    Dynamic("$randomProductMaterial", of(words.PRODUCT_MATERIALS), N_("What products are made of")),
    Dynamic("$randomProductName", makers.product_name, N_("A product with its qualities")),
    Dynamic("$randomDepartment", of(words.DEPARTMENTS), N_("A department of a shop")),
    Dynamic("$randomNoun", of(words.NOUNS), N_("A noun")),
    Dynamic("$randomVerb", of(words.VERBS), N_("A verb")),
    Dynamic("$randomIngverb", of(words.ING_VERBS), N_("A verb ending in -ing")),
    Dynamic("$randomAdjective", of(words.ADJECTIVES), N_("An adjective")),
    Dynamic("$randomWord", of((*words.NOUNS, *words.ADJECTIVES)), N_("A word")),
    Dynamic("$randomWords", several(of((*words.NOUNS, *words.ADJECTIVES)), 2, 5), N_("Some words")),
    Dynamic("$randomPhrase", makers.phrase, N_("A phrase")),
    Dynamic("$randomLoremWord", of(words.LOREM), N_("A word of filler text")),
    Dynamic("$randomLoremWords", several(of(words.LOREM), 3, 3), N_("Three words of filler text")),
    Dynamic("$randomLoremSentence", makers.sentence, N_("A sentence of filler text")),
    Dynamic("$randomLoremSentences", several(makers.sentence, 2, 6), N_("Some sentences of filler text")),
    Dynamic("$randomLoremParagraph", makers.paragraph, N_("A paragraph of filler text")),
    Dynamic("$randomLoremParagraphs", several(makers.paragraph, 3, 3, "\n"), N_("Three paragraphs of filler text")),
    Dynamic("$randomLoremText", several(makers.sentence, 1, 5), N_("Filler text of any length")),
    Dynamic("$randomLoremSlug", several(of(words.LOREM), 3, 3, "-"), N_("Three words of filler text for a URL")),
    Dynamic("$randomLoremLines", several(makers.sentence, 1, 5, "\n"), N_("Some lines of filler text")),
)
"""In the order of Postman's documentation."""

BY_NAME = {entry.name: entry for entry in DYNAMIC}
