"""The words that dynamic variables draw from: short lists of our own, plain English, nothing to be offended by."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


FIRST_NAMES = _words(
    "Ada Alan Amara Anders Beatriz Chen Clara Diego Edith Emil Fatima Grace Hana Hugo Ingrid Ivan Jonas Kaito Lena "
    "Li Linus Mara Mei Nadia Niels Olga Omar Paula Priya Quinn Rosa Samir Sofia Tomas Uma Vera Wei Yara Yusuf Zoe"
)
LAST_NAMES = _words(
    "Alvarez Bauer Berg Chandra Costa Dubois Eriksen Farouk Fischer Garcia Haddad Hansen Ibrahim Ito Jansen Kaya Kim "
    "Kowalski Kumar Larsen Liu Lopez Marino Moreau Nakamura Novak Okafor Patel Petrov Rossi Santos Silva Tanaka "
    "Torres Varga Wang Weber Yilmaz Zhang Zhou"
)
NAME_PREFIXES = _words("Dr. Mr. Mrs. Ms. Prof.")
NAME_SUFFIXES = _words("I II III IV Jr. Sr. MD PhD")
COLORS = _words(
    "amber azure beige black blue bronze coral crimson cyan gold green grey indigo ivory lime magenta maroon navy "
    "olive orange pink plum purple red salmon silver teal turquoise violet white yellow"
)
ABBREVIATIONS = _words("API CPU CSS DNS FTP GPU HTML HTTP IP JSON PNG RAM SMTP SQL SSD SSL TCP TLS USB XML")
NOUNS = _words(
    "anchor array bridge buffer cable camera circuit cloud compass crystal driver engine feather filter garden harbor "
    "island kernel lantern matrix meadow mirror monitor needle orchard packet panel planet port prism protocol ribbon "
    "river sensor signal socket stone system thread transmitter window"
)
VERBS = _words(
    "bend bypass calculate carry compress connect copy count draw fold gather generate guide index input lift measure "
    "navigate open parse play quantify reboot send shape sort synthesize transmit travel turn"
)
ING_VERBS = _words(
    "bending calculating carrying compressing connecting copying counting drawing folding gathering generating "
    "guiding indexing lifting measuring navigating opening parsing playing sending shaping sorting transmitting turning"
)
ADJECTIVES = _words(
    "auxiliary bright broad calm clever cross-platform digital early fresh gentle high-level honest large light lively "
    "mobile modern multi-byte neat online open optical plain primary quick quiet redundant small solid steady "
    "virtual warm wireless"
)
LOREM = _words(
    "ad adipiscing aliqua aliquip amet anim aute cillum commodo consectetur consequat culpa cupidatat deserunt do "
    "dolor dolore duis ea eiusmod elit enim esse est et eu ex excepteur exercitation fugiat id in incididunt ipsum "
    "irure labore laboris laborum lorem magna minim mollit nisi non nostrud nulla occaecat officia pariatur proident "
    "qui quis reprehenderit sed sint sit sunt tempor ullamco ut velit veniam voluptate"
)
CITIES = _names(
    "Accra, Bergen, Bogota, Busan, Cape Town, Chengdu, Dresden, Florence, Geneva, Guiyang, Hangzhou, Helsinki, "
    "Jakarta, Kyoto, Lisbon, Lyon, Montreal, Mumbai, Nairobi, Porto, Quito, Riga, Salzburg, Seattle, Shenzhen, "
    "Tallinn, Toronto, Utrecht, Valencia, Wellington"
)
STREETS = _names(
    "Bridge Street, Cherry Lane, Church Road, Elm Street, Garden Way, Harbor Road, High Street, Hill Road, Lake "
    "Avenue, Market Square, Mill Lane, Oak Avenue, Park Road, River Street, School Lane, Station Road, Sun Alley, "
    "West Street"
)
COUNTRIES = (
    ("AR", "Argentina"), ("AT", "Austria"), ("AU", "Australia"), ("BE", "Belgium"), ("BR", "Brazil"), ("CA", "Canada"),
    ("CH", "Switzerland"), ("CL", "Chile"), ("CN", "China"), ("CZ", "Czechia"), ("DE", "Germany"), ("DK", "Denmark"),
    ("EG", "Egypt"), ("ES", "Spain"), ("FI", "Finland"), ("FR", "France"), ("GB", "United Kingdom"), ("GR", "Greece"),
    ("ID", "Indonesia"), ("IE", "Ireland"), ("IN", "India"), ("IT", "Italy"), ("JP", "Japan"), ("KE", "Kenya"),
    ("KR", "South Korea"), ("MX", "Mexico"), ("NL", "Netherlands"), ("NO", "Norway"), ("NZ", "New Zealand"),
    ("PL", "Poland"), ("PT", "Portugal"), ("SE", "Sweden"), ("SG", "Singapore"), ("TH", "Thailand"), ("TR", "Turkey"),
    ("US", "United States"), ("VN", "Vietnam"), ("ZA", "South Africa"),
)  # fmt: skip
JOB_AREAS = _words(
    "Accounts Applications Brand Data Infrastructure Integration Markets Mobility Quality Research Security Web"
)
JOB_DESCRIPTORS = _words("Central Chief Corporate Direct Global International Lead National Principal Regional Senior")
JOB_TYPES = _words(
    "Administrator Agent Analyst Architect Consultant Coordinator Designer Engineer Officer Planner Specialist"
)
COMPANY_SUFFIXES = _words("AG GmbH Group Inc Ltd SA")
CURRENCIES = (
    ("AUD", "Australian Dollar", "A$"), ("BRL", "Brazilian Real", "R$"), ("CAD", "Canadian Dollar", "CA$"),
    ("CHF", "Swiss Franc", "CHF"), ("CNY", "Yuan Renminbi", "¥"), ("CZK", "Czech Koruna", "Kč"), ("EUR", "Euro", "€"),
    ("GBP", "Pound Sterling", "£"), ("INR", "Indian Rupee", "₹"), ("JPY", "Yen", "¥"), ("KRW", "Won", "₩"),
    ("MXN", "Mexican Peso", "MX$"), ("NOK", "Norwegian Krone", "kr"), ("SEK", "Swedish Krona", "kr"),
    ("USD", "US Dollar", "$"), ("ZAR", "Rand", "R"),
)  # fmt: skip
PRODUCTS = _words(
    "Backpack Bench Blanket Bottle Chair Clock Cup Desk Fan Gloves Hat Keyboard Lamp Mouse Pen Shirt Shoes Table"
)
PRODUCT_MATERIALS = _words("Bamboo Ceramic Cotton Glass Granite Leather Linen Oak Plastic Rubber Silk Steel Wool")
PRODUCT_ADJECTIVES = _words(
    "Compact Durable Elegant Ergonomic Foldable Handy Light Modern Portable Practical Rustic Simple Sturdy"
)
DEPARTMENTS = _words(
    "Automotive Books Clothing Computers Electronics Garden Grocery Health Home Movies Music Outdoors Shoes Toys"
)
DOMAIN_SUFFIXES = _words("biz com info name net org")
EXAMPLE_DOMAINS = _words("example.com example.net example.org")
PROTOCOLS = _words("http https")
LOCALES = _words("ar cs da de el en es fi fr hi hu id it ja ko nb nl pl pt ro ru sv th tr uk vi zh")
WEEKDAYS = _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
MONTHS = _words("January February March April May June July August September October November December")
FILE_TYPES = _words("application audio font image model text video")
FILE_EXTENSIONS = _words(
    "bin bmp csv doc docx gz html ico jar json log mp3 mp4 ods ogg pdf png pptx svg tar txt wav webp xml yaml zip"
)
COMMON_FILE_EXTENSIONS = _words("gif html jpg m4a mp3 mp4 pdf png wav")
COMMON_FILE_TYPES = _words("application audio image text video")
MIME_TYPES = _words(
    "application/gzip application/json application/octet-stream application/pdf application/xml application/zip "
    "audio/mpeg audio/ogg font/woff2 image/gif image/jpeg image/png image/svg+xml image/webp text/css text/csv "
    "text/html text/plain video/mp4 video/webm"
)
DIRECTORIES = _words(
    "/bin /etc /home/user /home/user/documents /lib /media /mnt /opt /srv /tmp /usr/bin /usr/share /var/lib /var/log"
)
USER_AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
)
DATABASE_COLUMNS = _words("category comment createdAt email group id name password phone status title token updatedAt")
DATABASE_TYPES = _words(
    "bigint binary blob boolean date datetime decimal double enum float int text time timestamp varchar"
)
DATABASE_ENGINES = _words("ARCHIVE BLACKHOLE CSV InnoDB MEMORY MyISAM")
DATABASE_COLLATIONS = _words("ascii_bin ascii_general_ci utf8_bin utf8_general_ci utf8_unicode_ci")
TRANSACTION_TYPES = _words("deposit invoice payment withdrawal")
BANK_ACCOUNTS = _names("Checking Account, Credit Card Account, Home Loan Account, Investment Account, Savings Account")
