"""The kinds of files that are taken, by media type."""

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
PNG = "image/png"
JPEG = "image/jpeg"

ENDINGS = {PDF: "pdf", DOCX: "docx", XLSX: "xlsx", CSV: "csv", PNG: "png", JPEG: "jpg"}
ACCEPTED = "PDF, DOCX, XLSX, CSV, PNG or JPEG"
