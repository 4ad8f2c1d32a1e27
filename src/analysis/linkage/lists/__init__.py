"""Any lists with a layout → one person an id: `selaras resolve`, without Indonesian assumptions."""
