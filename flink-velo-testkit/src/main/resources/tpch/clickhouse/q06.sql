SELECT SUM(l_extendedprice * l_discount) AS revenue
FROM lineitem
WHERE l_shipdate >= DATE '1994-01-01' AND l_shipdate < DATE '1994-01-01' + INTERVAL '1' YEAR
  AND l_discount BETWEEN CAST('0.05' AS DECIMAL(15, 2)) AND CAST('0.07' AS DECIMAL(15, 2))
  AND l_quantity < 24
